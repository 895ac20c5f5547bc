import type { NetworkState } from '../../engines/engine.ts';
import { buffersOf, type Network, parametersOf, sizeOf, type TensorSpec } from '../../networks/index.ts';

/*
 * The safetensors format: the length of the header as eight bytes, the header in JSON, the numbers, all in little-endian
 * order, as are the typed arrays of every machine that runs a browser.
 *
 * Source: https://huggingface.co/docs/safetensors
 */

/** A tensor of the header. */
interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Its first byte and the one after its last, counted from the end of the header. */
  readonly data_offsets: readonly [number, number];
}

const LENGTH_BYTES = 8;
const FLOAT_BYTES = 4;

/**
 * Parameters and running statistics as a safetensors file. An `nn.Sequential` of the same layers takes it by
 * `load_state_dict`: tensors are called `0.weight`, `2.bias` and so on by their layer’s place, and the weight of a Linear
 * is transposed to (out, in). `num_batches_tracked` is 0, as a run does not count for it; PyTorch uses it only where
 * `momentum` is None.
 *
 * @param metadata free text by name, kept in the header.
 */
export function toSafetensors(
  network: Network,
  state: NetworkState,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {};
  const parts: Uint8Array[] = [];
  let end = 0;
  const add = (name: string, dtype: string, shape: readonly number[], bytes: Uint8Array) => {
    header[name] = { dtype, shape, data_offsets: [end, end + bytes.length] } satisfies Entry;
    parts.push(bytes);
    end += bytes.length;
  };

  // The widest numbers come first, so that every tensor is aligned.
  for (const name of counterNames(network)) add(name, 'I64', [], new Uint8Array(8));
  const tensors = [...state.parameters, ...state.buffers];
  for (const [i, { name, shape, transposed }] of storedTensors(network).entries()) {
    const values = transposed ? transpose(tensors[i]!, shape[0]!) : tensors[i]!;
    add(name, 'F32', shape, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return joined([...headerBytes(header), ...parts]);
}

/**
 * Reads what `toSafetensors`, or PyTorch from an `nn.Sequential` of the same layers, has written.
 * @throws Error with a sentence where the file is damaged, or is not one of this network.
 */
export function fromSafetensors(bytes: Uint8Array, network: Network): NetworkState {
  const { header, data } = parse(bytes);
  const stored = storedTensors(network);
  const known = new Set(['__metadata__', ...counterNames(network), ...stored.map(({ name }) => name)]);
  const stranger = Object.keys(header).find((name) => !known.has(name));
  if (stranger !== undefined) throw new Error(`The file has a tensor “${stranger}”, and this network has none.`);

  const tensors = stored.map(({ name, shape, transposed }) => {
    const values = floats(data, name, shape, header[name]);
    return transposed ? transpose(values, shape[1]!) : values;
  });
  const count = parametersOf(network).length;
  return { parameters: tensors.slice(0, count), buffers: tensors.slice(count) };
}

/** Every tensor of floats as the file has it: parameters, then running statistics. */
function storedTensors(network: Network) {
  return [...parametersOf(network), ...buffersOf(network)].map(({ layer, name, shape }: TensorSpec) => {
    const transposed = network[layer]!.kind === 'Linear' && name === 'weight';
    return { name: `${layer}.${name}`, shape: transposed ? shape.toReversed() : shape, transposed };
  });
}

function counterNames(network: Network): string[] {
  return network.flatMap(({ kind }, i) => (kind === 'BatchNorm1d' ? [`${i}.num_batches_tracked`] : []));
}

/** Rows become columns: `values` is (rows, columns), the result (columns, rows). */
function transpose(values: Float32Array, columns: number): Float32Array {
  const rows = values.length / columns;
  return Float32Array.from(values, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]!);
}

/** The header's length, and the header, padded so that the numbers behind it are aligned. */
function headerBytes(header: Readonly<Record<string, unknown>>): [Uint8Array, Uint8Array] {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const padded = new Uint8Array(Math.ceil(text.length / LENGTH_BYTES) * LENGTH_BYTES).fill(' '.charCodeAt(0));
  padded.set(text);
  return [new Uint8Array(BigUint64Array.of(BigInt(padded.length)).buffer), padded];
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}

function parse(bytes: Uint8Array): { header: Readonly<Record<string, unknown>>; data: Uint8Array } {
  const ended = new Error('The file ends before its header does: it is cut short, or no safetensors file.');
  if (bytes.length < LENGTH_BYTES) throw ended;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > bytes.length - LENGTH_BYTES) throw ended;
  const end = LENGTH_BYTES + Number(length);
  return { header: parseHeader(bytes.subarray(LENGTH_BYTES, end)), data: bytes.subarray(end) };
}

function parseHeader(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // Reported with all else that is no header.
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw new Error('The header of the file is no JSON object: it is damaged, or no safetensors file.');
  return header as Record<string, unknown>;
}

/** One tensor of the file, checked against what the network needs. */
function floats(data: Uint8Array, name: string, shape: readonly number[], found: unknown): Float32Array {
  const entry = found as Partial<Entry> | null | undefined;
  if (entry === undefined) throw new Error(`The file has no tensor “${name}”, which this network needs.`);
  if (entry?.dtype !== 'F32') throw new Error(`The tensor “${name}” is of ${entry?.dtype}, and F32 is needed.`);
  const given = `[${entry.shape}]`;
  if (given !== `[${shape}]`) throw new Error(`The tensor “${name}” has the shape ${given} in place of [${shape}].`);

  const [begin, end] = Array.isArray(entry.data_offsets) ? entry.data_offsets : [];
  const length = sizeOf(shape) * FLOAT_BYTES;
  if (!(Number.isInteger(begin) && begin! >= 0 && end === begin! + length))
    throw new Error(`The tensor “${name}” has the bytes ${begin} to ${end}, and should have ${length} of them.`);
  if (end > data.length) throw new Error(`The file ends before the tensor “${name}” does: it is cut short.`);
  // A copy, as floats must be aligned; the slice of a Buffer would be none.
  return new Float32Array(new Uint8Array(data.subarray(begin, end)).buffer);
}
