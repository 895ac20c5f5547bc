import {
  argmax,
  full,
  gather,
  map,
  matMul,
  max,
  oneHot,
  reshape,
  scatterAdd,
  shapeText,
  softmax,
  sum,
  type Tensor,
  TensorError,
  transpose,
} from '../tensor.ts';

/** What a line computes with: tensors, and the lists and truth values that are given to functions. */
export type Value = Tensor | { readonly list: readonly number[] } | { readonly truth: boolean };

export const isTensor = (value: Value): value is Tensor => 'data' in value;

/** What is given to a function, by the names of its parameters. */
type Args = Readonly<Record<string, Value | undefined>>;

interface Definition {
  /** In their order; those with a question mark may be left out. */
  readonly parameters: readonly string[];
  /** As it is written, for a sentence. */
  readonly usage: string;
  /** Takes any number of numbers for its last parameter, as reshape(x, 32, 30) does. */
  readonly takesMany?: true;
  readonly apply: (args: Args) => Value;
}

function tensorOf(args: Args, name: string): Tensor {
  const value = args[name]!;
  if (!isTensor(value)) throw new TensorError(`“${name}” has to be a tensor.`);
  return value;
}

function numberOf(args: Args, name: string): number {
  const value = args[name]!;
  if (!isTensor(value) || value.shape.length > 0)
    throw new TensorError(
      `“${name}” has to be a number${isTensor(value) ? `, not a tensor of shape ${shapeText(value.shape)}` : ''}.`,
    );
  return value.data[0]!;
}

const optionalNumber = (args: Args, name: string): number | undefined =>
  args[name] === undefined ? undefined : numberOf(args, name);

function truthOf(args: Args, name: string): boolean {
  const value = args[name];
  if (value === undefined) return false;
  if (isTensor(value) || !('truth' in value)) throw new TensorError(`“${name}” has to be true or false.`);
  return value.truth;
}

/** A shape: a list, one number, or the shape of a tensor that is given. */
function shapeOf(args: Args, name: string): readonly number[] {
  const value = args[name]!;
  if ('list' in value) return value.list;
  if (isTensor(value)) return value.shape.length === 0 ? [value.data[0]!] : value.shape;
  throw new TensorError(`“${name}” has to be a shape, such as [32, 30].`);
}

const elementwise = (name: string, f: (x: number) => number): Definition => ({
  parameters: ['x'],
  usage: `${name}(x)`,
  apply: (args) => map(tensorOf(args, 'x'), f),
});

const alongAxis = (name: string, f: (x: Tensor, axis?: number, keepdim?: boolean) => Tensor): Definition => ({
  parameters: ['x', 'axis?', 'keepdim?'],
  usage: `${name}(x, axis, keepdim)`,
  apply: (args) => f(tensorOf(args, 'x'), optionalNumber(args, 'axis'), truthOf(args, 'keepdim')),
});

const mean = (x: Tensor, axis?: number, keepdim?: boolean): Tensor => {
  const added = sum(x, axis, keepdim);
  return map(added, (each) => (each * added.data.length) / x.data.length);
};

/** The functions of a line, by their names. */
export const FUNCTIONS: Readonly<Record<string, Definition>> = {
  matMul: {
    parameters: ['a', 'b'],
    usage: 'matMul(a, b)',
    apply: (args) => matMul(tensorOf(args, 'a'), tensorOf(args, 'b')),
  },
  transpose: { parameters: ['x'], usage: 'transpose(x)', apply: (args) => transpose(tensorOf(args, 'x')) },
  sum: alongAxis('sum', sum),
  mean: alongAxis('mean', mean),
  max: alongAxis('max', max),
  argmax: {
    parameters: ['x', 'axis', 'keepdim?'],
    usage: 'argmax(x, axis)',
    apply: (args) => argmax(tensorOf(args, 'x'), numberOf(args, 'axis'), truthOf(args, 'keepdim')),
  },
  softmax: {
    parameters: ['x', 'axis'],
    usage: 'softmax(x, axis)',
    apply: (args) => softmax(tensorOf(args, 'x'), numberOf(args, 'axis')),
  },
  shape: { parameters: ['x'], usage: 'x.shape', apply: (args) => ({ list: tensorOf(args, 'x').shape }) },
  exp: elementwise('exp', Math.exp),
  log: elementwise('log', Math.log),
  tanh: elementwise('tanh', Math.tanh),
  sqrt: elementwise('sqrt', Math.sqrt),
  pow: {
    parameters: ['x', 'exponent'],
    usage: 'pow(x, exponent)',
    apply: (args) => {
      const exponent = numberOf(args, 'exponent');
      return map(tensorOf(args, 'x'), (x) => x ** exponent);
    },
  },
  oneHot: {
    parameters: ['indices', 'size'],
    usage: 'oneHot(indices, size)',
    apply: (args) => oneHot(tensorOf(args, 'indices'), numberOf(args, 'size')),
  },
  gather: {
    parameters: ['table', 'indices'],
    usage: 'gather(table, indices)',
    apply: (args) => gather(tensorOf(args, 'table'), tensorOf(args, 'indices')),
  },
  scatterAdd: {
    parameters: ['x', 'indices', 'rows'],
    usage: 'scatterAdd(x, indices, rows)',
    apply: (args) => scatterAdd(tensorOf(args, 'x'), tensorOf(args, 'indices'), numberOf(args, 'rows')),
  },
  reshape: {
    parameters: ['x', 'shape'],
    usage: 'reshape(x, [rows, columns])',
    takesMany: true,
    apply: (args) => reshape(tensorOf(args, 'x'), shapeOf(args, 'shape')),
  },
  zerosLike: {
    parameters: ['x'],
    usage: 'zerosLike(x)',
    apply: (args) => full(tensorOf(args, 'x').shape, 0),
  },
  onesLike: {
    parameters: ['x'],
    usage: 'onesLike(x)',
    apply: (args) => full(tensorOf(args, 'x').shape, 1),
  },
};

/** What PyTorch’s users write for the same. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  T: 'transpose',
  t: 'transpose',
  matmul: 'matMul',
  mm: 'matMul',
  view: 'reshape',
  one_hot: 'oneHot',
  onehot: 'oneHot',
  zeros_like: 'zerosLike',
  ones_like: 'onesLike',
  scatter_add: 'scatterAdd',
  amax: 'max',
};

/** Names of libraries before a call, as in torch.exp(x), say nothing here. */
export const LIBRARIES: readonly string[] = ['torch', 'F', 'np', 'tf', 'Math'];

export const functionNamed = (name: string): Definition | undefined => {
  const own = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name]! : name;
  return Object.hasOwn(FUNCTIONS, own) ? FUNCTIONS[own] : undefined;
};

/** Puts what was given into the places of the parameters. @throws TensorError with a sentence. */
export function bind(
  { parameters, usage, takesMany }: Definition,
  given: readonly { name?: string; value: Value }[],
): Args {
  const names = parameters.map((parameter) => parameter.replace('?', ''));
  const args: Record<string, Value> = {};
  const positional = given.filter(({ name }) => name === undefined).map(({ value }) => value);
  const last = names.length - 1;
  if (takesMany && positional.length > last + 1)
    positional.splice(last, Number.POSITIVE_INFINITY, asList(positional.slice(last)));
  if (positional.length > names.length)
    throw new TensorError(`${positional.length} things are given, and ${usage} takes ${names.length}.`);
  for (const [i, value] of positional.entries()) args[names[i]!] = value;
  for (const { name, value } of given) {
    if (name === undefined) continue;
    const own = { dim: 'axis', keepdims: 'keepdim', num_classes: 'size' }[name] ?? name;
    if (!names.includes(own)) throw new TensorError(`There is no “${name}” in ${usage}.`);
    args[own] = value;
  }
  const missing = parameters.find((parameter) => !parameter.endsWith('?') && args[parameter] === undefined);
  if (missing) throw new TensorError(`“${missing}” is missing in ${usage}.`);
  return args;
}

/** A shape as it is written: [32, 30]. */
export function asList(values: readonly Value[]): Value {
  return {
    list: values.map((value) => {
      if (!isTensor(value) || value.shape.length > 0) throw new TensorError('A shape is made of numbers.');
      return value.data[0]!;
    }),
  };
}
