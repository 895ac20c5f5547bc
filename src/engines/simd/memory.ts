import type { Kernels } from './kernels.ts';

/** Columns of a panel, in which the kernels keep their matrices (assembly/panels.ts). */
const WIDTH = 8;
/** Bytes of a row of a panel, and of what a panel has room for beyond its rows. */
const ROW = 4 * WIDTH;
const ROOM = 2 * ROW;
/** No row of a panel lies in two of them. */
const CACHE_LINE = 64;
const PAGE_BYTES = 65_536;
/** What a 32-bit linear memory can have at most. */
const MAX_BYTES = 65_536 * PAGE_BYTES;

/** Numbers in single precision, (rows, columns), in the linear memory. */
export interface Matrix {
  /** In bytes, as `panel`, which leads from one panel to the next. */
  readonly address: number;
  readonly panel: number;
  readonly rows: number;
  readonly columns: number;
}

const roundUp = (n: number, unit: number): number => Math.ceil(n / unit) * unit;
const sizeOf = ({ panel, columns }: Matrix): number => panel * Math.ceil(columns / WIDTH);

/** The linear memory of some kernels, handed out from the bottom up and taken back from the top down. */
export class LinearMemory {
  private readonly memory: WebAssembly.Memory;
  private top: number;

  constructor(kernels: Kernels) {
    this.memory = kernels.memory;
    this.top = roundUp(kernels.freeMemory(), CACHE_LINE);
  }

  /** A matrix of zeros. @throws RangeError where the memory cannot grow so far. */
  matrix(rows: number, columns: number): Matrix {
    return this.take({ address: this.top, panel: roundUp(rows, WIDTH) * ROW + ROOM, rows, columns });
  }

  /** A matrix of one row, without room in its panels: the numbers lie in order. */
  vector(columns: number): Matrix {
    return this.take({ address: this.top, panel: ROW, rows: 1, columns });
  }

  /** Room for so many whole numbers, one after another, all 0. @returns their address. */
  integers(count: number): number {
    return this.vector(count).address;
  }

  /** What was handed out until now; `release` gives back all that is handed out later. */
  mark(): number {
    return this.top;
  }

  release(mark: number): void {
    this.top = mark;
  }

  /** @param values row after row. */
  write(matrix: Matrix, values: Float32Array): void {
    this.clear(matrix); // What was no number may have spread beyond the last column.
    const floats = new Float32Array(this.memory.buffer);
    for (const { place, first, width } of panelsOf(matrix)) {
      for (let i = 0; i < matrix.rows; i++) {
        for (let k = 0; k < width; k++) floats[place + i * WIDTH + k] = values[i * matrix.columns + first + k]!;
      }
    }
  }

  /** @returns a copy, row after row. */
  read(matrix: Matrix): Float32Array {
    const floats = new Float32Array(this.memory.buffer);
    const values = new Float32Array(matrix.rows * matrix.columns);
    for (const { place, first, width } of panelsOf(matrix)) {
      for (let i = 0; i < matrix.rows; i++) {
        for (let k = 0; k < width; k++) values[i * matrix.columns + first + k] = floats[place + i * WIDTH + k]!;
      }
    }
    return values;
  }

  /** Fills a vector with another one, over and over. */
  repeat(from: Matrix, to: Matrix): void {
    const floats = new Float32Array(this.memory.buffer);
    for (let i = 0; i < to.columns; i++) floats[to.address / 4 + i] = floats[from.address / 4 + (i % from.columns)]!;
  }

  /** Takes `rate` times the sum of the parts of a vector, each `length` long, off the numbers at an address. */
  subtractRepeated(from: Matrix, target: number, length: number, rate: number): void {
    const floats = new Float32Array(this.memory.buffer);
    for (let j = 0; j < length; j++) {
      let sum = 0;
      for (let i = j; i < from.columns; i += length) sum += floats[from.address / 4 + i]!;
      floats[target / 4 + j]! -= rate * sum;
    }
  }

  writeIntegers(address: number, values: Int32Array): void {
    new Int32Array(this.memory.buffer, address, values.length).set(values);
  }

  clear(matrix: Matrix): void {
    new Uint8Array(this.memory.buffer, matrix.address, sizeOf(matrix)).fill(0);
  }

  private take(matrix: Matrix): Matrix {
    const end = roundUp(matrix.address + sizeOf(matrix), CACHE_LINE);
    if (end > MAX_BYTES) throw new RangeError(`${end} bytes are more than a WebAssembly memory can have.`);
    const missing = end - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE_BYTES));
    this.top = end;
    this.clear(matrix);
    return matrix;
  }
}

/** Where each panel of a matrix begins in single-precision memory, its first column, and how many of its columns count. */
function* panelsOf({ address, panel, columns }: Matrix): Generator<{ place: number; first: number; width: number }> {
  for (let first = 0; first < columns; first += WIDTH) {
    const place = (address + (first / WIDTH) * panel) / 4;
    yield { place, first, width: Math.min(WIDTH, columns - first) };
  }
}
