/** Numbers in double precision with a shape, row after row; a scalar has the shape []. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** Why an operation cannot be done, as a sentence. */
export class TensorError extends Error {
  override readonly name = 'TensorError';
}

/** A line of a backward pass needs thousands; whoever asks for more has made a mistake. */
export const MOST_NUMBERS = 1_000_000;

export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);
export const scalar = (x: number): Tensor => ({ shape: [], data: Float64Array.of(x) });

/** As PyTorch prints it: (32, 27). */
export const shapeText = (shape: readonly number[]): string =>
  shape.length === 0 ? 'a number' : `(${shape.join(', ')})`;

/** @throws TensorError for more numbers than are taken, before any memory is. */
export function zeros(shape: readonly number[]): Tensor {
  const size = sizeOf(shape);
  if (!(size <= MOST_NUMBERS))
    throw new TensorError(
      `A tensor of shape ${shapeText(shape)} has ${size.toLocaleString('en-US')} numbers, and at most ${MOST_NUMBERS.toLocaleString('en-US')} are taken.`,
    );
  return { shape, data: new Float64Array(size) };
}

export const full = (shape: readonly number[], value: number): Tensor => {
  const out = zeros(shape);
  out.data.fill(value);
  return out;
};

export const map = (x: Tensor, f: (value: number) => number): Tensor => ({ shape: x.shape, data: x.data.map(f) });

/** The size of the largest number. */
export const largest = ({ data }: Tensor): number => data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** The largest difference between two tensors of one shape. */
export const distance = (a: Tensor, b: Tensor): number =>
  a.data.reduce((most, x, i) => Math.max(most, Math.abs(x - b.data[i]!)), 0);

/** The shape of two tensors together, by PyTorch’s rule: aligned on the right, lengths are equal, or one of them is 1. */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] | undefined {
  const rank = Math.max(a.length, b.length);
  const shape = Array.from({ length: rank }, (_, i) => {
    const [one, other] = [a[i - rank + a.length] ?? 1, b[i - rank + b.length] ?? 1];
    return one === other || other === 1 ? one : one === 1 ? other : Number.NaN;
  });
  return shape.some(Number.isNaN) ? undefined : shape;
}

/** Element by element, each broadcast to the shape of both. @throws TensorError where the shapes do not fit. */
export function combine(a: Tensor, b: Tensor, f: (a: number, b: number) => number): Tensor {
  const shape = broadcastShape(a.shape, b.shape);
  if (!shape) throw new TensorError(`${shapeText(a.shape)} and ${shapeText(b.shape)} do not broadcast.`);
  const out = zeros(shape);
  const [strideA, strideB] = [stridesIn(a.shape, shape), stridesIn(b.shape, shape)];
  const place = new Array<number>(shape.length).fill(0);
  let [atA, atB] = [0, 0];
  for (let i = 0; i < out.data.length; i++) {
    out.data[i] = f(a.data[atA]!, b.data[atB]!);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place[axis]! += 1;
      atA += strideA[axis]!;
      atB += strideB[axis]!;
      if (place[axis]! < shape[axis]!) break;
      atA -= strideA[axis]! * shape[axis]!;
      atB -= strideB[axis]! * shape[axis]!;
      place[axis] = 0;
    }
  }
  return out;
}

/** How far each axis of `shape` leads in a tensor of shape `own`: 0 where it is broadcast. */
function stridesIn(own: readonly number[], shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(0);
  let stride = 1;
  for (let k = 1; k <= own.length; k++) {
    const length = own[own.length - k]!;
    if (length !== 1) strides[shape.length - k] = stride;
    stride *= length;
  }
  return strides;
}

/** (m, k) @ (k, n). */
export function matMul(a: Tensor, b: Tensor): Tensor {
  if (a.shape.length !== 2 || b.shape.length !== 2)
    throw new TensorError(
      `A matrix product takes two matrices, and these have the shapes ${shapeText(a.shape)} and ${shapeText(b.shape)}.`,
    );
  const [m, k] = a.shape as [number, number];
  const [inner, n] = b.shape as [number, number];
  if (k !== inner)
    throw new TensorError(
      `${shapeText(a.shape)} @ ${shapeText(b.shape)} does not fit: the ${k} columns of the first meet ${inner} rows of the second.`,
    );
  const out = zeros([m, n]);
  for (let row = 0; row < m; row++) {
    for (let i = 0; i < k; i++) {
      const left = a.data[row * k + i]!;
      for (let column = 0; column < n; column++) out.data[row * n + column]! += left * b.data[i * n + column]!;
    }
  }
  return out;
}

export function transpose(x: Tensor): Tensor {
  if (x.shape.length !== 2)
    throw new TensorError(`A transpose takes a matrix, and this has the shape ${shapeText(x.shape)}.`);
  const [rows, columns] = x.shape as [number, number];
  const out = zeros([columns, rows]);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out.data[j * rows + i] = x.data[i * columns + j]!;
  return out;
}

/** The place of an axis, -1 being the last. */
function axisOf(x: Tensor, axis: number): number {
  const rank = x.shape.length;
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank)
    throw new TensorError(
      rank === 0
        ? 'A single number has no axis to go along.'
        : `There is no axis ${axis} in the shape ${shapeText(x.shape)}: its axes are 0 to ${rank - 1}, or from the end −1 to −${rank}.`,
    );
  return axis < 0 ? axis + rank : axis;
}

/** One number for each row along an axis. */
function reduce(x: Tensor, at: number, keepdim: boolean, fold: (values: Float64Array) => number): Tensor {
  const axis = axisOf(x, at);
  const length = x.shape[axis]!;
  const inner = sizeOf(x.shape.slice(axis + 1));
  const shape = keepdim ? x.shape.map((each, i) => (i === axis ? 1 : each)) : x.shape.filter((_, i) => i !== axis);
  const out = zeros(shape);
  const values = new Float64Array(length);
  for (let i = 0; i < out.data.length; i++) {
    const base = Math.floor(i / inner) * length * inner + (i % inner);
    for (let k = 0; k < length; k++) values[k] = x.data[base + k * inner]!;
    out.data[i] = fold(values);
  }
  return out;
}

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
const greatest = (values: Float64Array): number =>
  values.reduce((best, value, i) => (value > values[best]! ? i : best), 0);

/** Over one axis, or over all where none is told. */
export const sum = (x: Tensor, axis?: number, keepdim = false): Tensor =>
  axis === undefined ? scalar(total(x.data)) : reduce(x, axis, keepdim, total);
export const max = (x: Tensor, axis?: number, keepdim = false): Tensor =>
  axis === undefined
    ? scalar(x.data[greatest(x.data)]!)
    : reduce(x, axis, keepdim, (values) => values[greatest(values)]!);
/** e to each number, divided by the sum along an axis; the largest is taken off first, so that nothing overflows. */
export function softmax(x: Tensor, axis: number): Tensor {
  const powers = map(
    combine(x, max(x, axis, true), (a, b) => a - b),
    Math.exp,
  );
  return combine(powers, sum(powers, axis, true), (a, b) => a / b);
}

/** The place of the first largest. */
export const argmax = (x: Tensor, axis: number, keepdim = false): Tensor => reduce(x, axis, keepdim, greatest);

/** One length may be -1: whatever is left. */
export function reshape(x: Tensor, shape: readonly number[]): Tensor {
  const known = sizeOf(shape.filter((length) => length !== -1));
  const filled = shape.map((length) => (length === -1 ? x.data.length / known : length));
  const fits = filled.every((length) => Number.isInteger(length) && length >= 0) && sizeOf(filled) === x.data.length;
  if (!fits)
    throw new TensorError(
      `${x.data.length.toLocaleString('en-US')} numbers of shape ${shapeText(x.shape)} do not fit the shape ${shapeText(shape)}.`,
    );
  return { shape: filled, data: x.data };
}

function checkIndices(indices: Tensor, rows: number): void {
  const stranger = indices.data.find((i) => !Number.isInteger(i) || i < 0 || i >= rows);
  if (stranger !== undefined)
    throw new TensorError(`${stranger} is no index of ${rows} rows: an index is a whole number from 0 to ${rows - 1}.`);
}

/** A row of zeros with a single 1 for each index. @returns (...indices, size) */
export function oneHot(indices: Tensor, size: number): Tensor {
  if (!Number.isInteger(size) || size < 1)
    throw new TensorError(`A one-hot row has a whole number of places, not ${size}.`);
  const out = zeros([...indices.shape, size]);
  checkIndices(indices, size);
  for (const [row, index] of indices.data.entries()) out.data[row * size + index] = 1;
  return out;
}

/** The rows of a table that are pointed at: `table[indices]`. @returns (...indices, columns) */
export function gather(table: Tensor, indices: Tensor): Tensor {
  if (table.shape.length !== 2)
    throw new TensorError(`Rows are read from a matrix, and this has the shape ${shapeText(table.shape)}.`);
  const [rows, columns] = table.shape as [number, number];
  const out = zeros([...indices.shape, columns]);
  checkIndices(indices, rows);
  for (const [i, row] of indices.data.entries())
    out.data.set(table.data.subarray(row * columns, (row + 1) * columns), i * columns);
  return out;
}

/** Adds each row of `x` to the row of a table of zeros that its index points at. @param x (...indices, columns) @returns (rows, columns) */
export function scatterAdd(x: Tensor, indices: Tensor, rows: number): Tensor {
  const columns = x.shape.at(-1);
  const leading = x.shape.slice(0, -1);
  if (columns === undefined || leading.join() !== indices.shape.join())
    throw new TensorError(
      `Indices of shape ${shapeText(indices.shape)} need rows of shape ${shapeText([...indices.shape, columns ?? 1])}, and these have ${shapeText(x.shape)}.`,
    );
  if (!Number.isInteger(rows) || rows < 1) throw new TensorError(`A table has a whole number of rows, not ${rows}.`);
  const out = zeros([rows, columns]);
  checkIndices(indices, rows);
  for (const [i, row] of indices.data.entries())
    for (let k = 0; k < columns; k++) out.data[row * columns + k]! += x.data[i * columns + k]!;
  return out;
}
