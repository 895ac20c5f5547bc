/** A curve as it is drawn, stored and exported: value i is the mean over steps i * every to (i + 1) * every - 1. */
export interface CurvePoints {
  readonly every: number;
  readonly values: Float32Array;
}

/** All that a curve needs to go on. */
export interface CurveState {
  readonly every: number;
  /** In double precision, so that a curve that goes on from here is the one that would have gone on. */
  readonly values: Float64Array;
  /** Sum and count of the steps after the last whole value. */
  readonly sum: number;
  readonly count: number;
}

/**
 * The losses of a run in bounded memory, however long it is: when there are too many values, neighbors are joined to their
 * mean, so that each stands for twice as many steps.
 */
export class Curve {
  private every = 1;
  private values: number[] = [];
  private sum = 0;
  private count = 0;
  private readonly capacity: number;

  constructor(from?: CurveState, capacity = 1000) {
    this.capacity = capacity;
    if (!from) return;
    this.every = from.every;
    this.values = Array.from(from.values);
    this.sum = from.sum;
    this.count = from.count;
  }

  add(loss: number): void {
    this.sum += loss;
    this.count += 1;
    if (this.count < this.every) return;
    this.values.push(this.sum / this.count);
    this.sum = 0;
    this.count = 0;
    if (this.values.length === this.capacity) this.join();
  }

  points(): CurvePoints {
    return { every: this.every, values: Float32Array.from(this.values) };
  }

  state(): CurveState {
    const { every, sum, count } = this;
    return { every, values: Float64Array.from(this.values), sum, count };
  }

  private join(): void {
    this.values = Array.from(
      { length: this.capacity / 2 },
      (_, i) => (this.values[2 * i]! + this.values[2 * i + 1]!) / 2,
    );
    this.every *= 2;
  }
}
