/** The notebook’s case of backprop_n32.json: 32 examples, and parameters that are drawn as make_backprop() of make_reference.py draws them. */
import fixture from '../reference/fixtures/backprop_n32.json' with { type: 'json' };
import { NotebookGenerator } from './notebook.ts';

interface Drawn {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

const generator = new NotebookGenerator(2147483647);
const draw = (...shape: number[]): Drawn => ({ shape, data: generator.randn(shape.reduce((a, b) => a * b)) });

/** PyTorch turns a factor into single precision before it multiplies or divides by it, and so is each result. */
const times = ({ shape, data }: Drawn, factor: number): Drawn => ({
  shape,
  data: data.map((x) => x * Math.fround(factor)),
});
const over = ({ shape, data }: Drawn, divisor: number): Drawn => ({
  shape,
  data: data.map((x) => x / Math.fround(divisor)),
});
const plus = ({ shape, data }: Drawn, term: number): Drawn => ({ shape, data: data.map((x) => x + term) });

/** In the order in which they are drawn. */
export const drawnParameters = {
  C: draw(27, 10),
  W1: over(times(draw(30, 64), 5 / 3), 30 ** 0.5),
  b1: times(draw(64), 0.1),
  W2: times(draw(64, 27), 0.1),
  b2: times(draw(27), 0.1),
  bngain: plus(times(draw(1, 64), 0.1), 1),
  bnbias: times(draw(1, 64), 0.1),
};

/** Contexts (32, 3) and targets (32). */
export const { X, Y } = fixture.n32_f32;
