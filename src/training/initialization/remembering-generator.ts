import { TorchGenerator } from '../../random/torch-generator.ts';

/**
 * A generator that can be rewound and then gives the same numbers again without drawing them: that takes longer than all
 * that is done with them. It must be asked for the same numbers in the same order.
 */
export class RememberingGenerator extends TorchGenerator {
  private readonly drawn: (Float32Array | Int32Array)[] = [];
  private place = 0;

  rewind(): void {
    this.place = 0;
  }

  override randn(n: number): Float32Array {
    return this.remember(() => super.randn(n));
  }

  override randint(low: number, high: number, n: number): Int32Array {
    return this.remember(() => super.randint(low, high, n));
  }

  private remember<T extends Float32Array | Int32Array>(draw: () => T): T {
    const values = (this.drawn[this.place] ?? draw()) as T;
    this.drawn[this.place] = values;
    this.place += 1;
    return values.slice() as T;
  }
}
