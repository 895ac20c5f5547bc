import {
  countParameters,
  type Layer,
  type Linear,
  type Network,
  outputShapes,
  type Scaling,
  vocabularySize,
} from '../../networks/index.ts';
import { singleDecimal } from './decimal.ts';
import { LAYER_CLASSES } from './pytorch-layers.ts';

/** All that determines a run. */
export interface ScriptRun {
  readonly network: Network;
  /** How many symbols the network sees before it predicts the next. */
  readonly block: number;
  readonly seed: number;
  /** Examples in a minibatch. */
  readonly batch: number;
  readonly steps: number;
  /** Learning rate by step: each rate holds from its step on; the first is from 0. */
  readonly rates: readonly { readonly from: number; readonly rate: number }[];
  /**
   * The list of words: its name, and where it can be had, if anywhere. The symbols of its vocabulary are needed only
   * where one is made of several code points, such as a letter and an accent of its own: Python has no graphemes.
   */
  readonly corpus: { readonly name: string; readonly url?: string; readonly symbols?: readonly string[] };
  /** How many names are sampled at the end. */
  readonly samples: number;
}

/**
 * A run as a Python 3 program that needs only PyTorch. `python run.py names.txt` draws the same random numbers as the
 * page, prints the same losses (steps 0, 1, 10, 100, 1000, every 10,000th and the last; each before its update), those of
 * the three splits in evaluation, and sampled names.
 *
 * Source: the makemore notebooks, whose layers, split and order of draws it has.
 *
 * @throws RangeError where the network does not lead from an Embedding to one row of logits a context.
 */
export function toPyTorchScript(run: ScriptRun): string {
  const { network, block } = run;
  if (network[0]?.kind !== 'Embedding' || outputShapes(network, 1, block).at(-1)!.length !== 2)
    throw new RangeError('The program is written for networks from an Embedding to one row of logits a context.');
  const sections = [header(run), setup(run), words(run), layers(run), TRAINING, evaluation(run), sampling(run)];
  return `${sections.join('\n\n\n')}\n`;
}

/** The name of the list may be a reader’s file name: as one line of a comment it can do no harm. */
const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

const header = ({ network, seed, batch, steps, corpus }: ScriptRun): string => `\
# A network that learns to write words like those of a list, symbol by symbol:
# ${counted(countParameters(network))} parameters, ${counted(steps)} steps of ${counted(batch)} examples each, seed ${seed}.
#
#     python run.py names.txt
#
# It draws the same random numbers as the run on the page, so that its losses
# are those of the page, to about 1e-5.
#
# The list, one word a line: ${oneLine(corpus.name)}${corpus.url === undefined ? '' : `\n# ${oneLine(corpus.url)}`}`;

const setup = ({ block, batch, steps, seed, rates, corpus }: ScriptRun): string => `\
import random
${clustersOf(corpus).length > 0 ? 'import re\n' : ''}import sys

import torch
import torch.nn.functional as F

torch.set_num_threads(1)  # so that sums do not depend on the number of cores

block_size = ${block}  # how many symbols the network sees before it predicts the next
batch_size = ${literal(batch)}
steps = ${literal(steps)}
seed = ${seed}


def learning_rate(step):
${rateBranches(rates)}`;

/** A rate that was replaced at the very step from which it was to hold never did. */
function rateBranches(rates: ScriptRun['rates']): string {
  return rates
    .map(({ rate }, i) => ({ rate, until: rates[i + 1]?.from }))
    .filter(({ until }, i) => until !== rates[i]!.from)
    .map(({ rate, until }) => {
      const result = `return ${singleDecimal(rate)}`;
      return until === undefined ? `    ${result}` : `    if step < ${literal(until)}:\n        ${result}`;
    })
    .join('\n');
}

function words({ network, corpus }: ScriptRun): string {
  const clusters = clustersOf(corpus);
  const symbols = clusters.length > 0 ? '{s for word in words for s in symbols_of(word)}' : "set(''.join(words))";
  return `\
# ---- The words ----

if len(sys.argv) != 2:
    sys.exit('Usage: python run.py names.txt')
with open(sys.argv[1], encoding='utf-8') as file:
    words = file.read().splitlines()

${clusters.length > 0 ? clusterSplitter(clusters) : ''}\
# '.' stands before and after every word.
symbols = ['.'] + sorted(${symbols} - {'.'})
stoi = {s: i for i, s in enumerate(symbols)}
if len(words) < 2 or len(symbols) != ${vocabularySize(network)}:
    sys.exit('The run needs a list of two words or more, and of ${vocabularySize(network)} symbols with the ".". '
             f'This one has {len(words)} words of {len(symbols)} symbols.')


def build_dataset(words):
    """Every context of block_size symbols, and the symbol that follows it."""
    X, Y = [], []
    for word in words:
        context = [0] * block_size
        for symbol in ${clusters.length > 0 ? "symbols_of(word) + ['.']" : "word + '.'"}:
            X.append(context)
            Y.append(stoi[symbol])
            context = context[1:] + [stoi[symbol]]
    return torch.tensor(X), torch.tensor(Y)


random.seed(42)
random.shuffle(words)
n1, n2 = int(0.8 * len(words)), int(0.9 * len(words))
Xtr, Ytr = build_dataset(words[:n1])
Xdev, Ydev = build_dataset(words[n1:n2])
Xte, Yte = build_dataset(words[n2:])`;
}

/** The symbols that are several code points each; where one begins another, the longer comes first. */
const clustersOf = ({ symbols = [] }: ScriptRun['corpus']): string[] =>
  symbols.filter((symbol) => [...symbol].length > 1).sort((a, b) => b.length - a.length);

const clusterSplitter = (clusters: readonly string[]): string => `\
# Symbols that are several code points each, such as a letter and its accent.
clusters = [${clusters.map((cluster) => JSON.stringify(cluster)).join(', ')}]
symbols_of = re.compile('|'.join([*map(re.escape, clusters), '.'])).findall
`;

function layers({ network }: ScriptRun): string {
  const kinds = new Set(network.map(({ kind }) => kind));
  return `\
# ---- The network ----

${[...kinds].map((kind) => LAYER_CLASSES[kind]).join('\n\n')}


g = torch.Generator().manual_seed(seed)  # draws the parameters, then the minibatches


def randn(*shape):
    return torch.randn(shape, generator=g)


# Drawn layer by layer, a weight before its bias: in another order it would be another run.
layers = [
${network.map((layer) => `    ${constructed(layer)},\n`).join('')}]
parameters = [p for layer in layers for p in layer.parameters()]
for p in parameters:
    p.requires_grad = True


def model(x):
    for layer in layers:
        x = layer(x)
    return x`;
}

/** A layer as a call of its class. Python works out arguments from the left, so a weight is drawn before its bias. */
function constructed(layer: Layer): string {
  switch (layer.kind) {
    case 'Embedding':
      return `Embedding(randn(${layer.in}, ${layer.out}))`;
    case 'FlattenConsecutive':
      return `FlattenConsecutive(${layer.n})`;
    case 'Linear':
      return `Linear(randn(${layer.in}, ${layer.out})${scaled(layer, layer.scaleWeight)}${bias(layer)})`;
    case 'BatchNorm1d': {
      const { size, initialWeight = 1, eps, momentum } = layer;
      const changed = Object.entries({ weight: [initialWeight, 1], eps: [eps, 1e-5], momentum: [momentum, 0.1] })
        .filter(([, [value, usual]]) => value !== usual)
        .map(([name, [value]]) => `, ${name}=${singleDecimal(value!)}`);
      const averages = layer.keeps === 'running_std' ? ', averages_std=True' : '';
      const over = layer.positions ? ', batch_only=True' : '';
      return `BatchNorm1d(${size}${changed.join('')}${averages}${over})`;
    }
    case 'Tanh':
      return 'Tanh()';
  }
}

function bias(layer: Linear): string {
  if (!layer.bias) return '';
  if (layer.initialBias === 'zeros') return `, bias=torch.zeros(${layer.out})`;
  return `, bias=randn(${layer.out})${scaled(layer, layer.initialBias)}`;
}

/** The factors in their order: ` * (5 / 3) / 30**0.5`. The two that the notebooks write so are told by their exact value. */
function scaled({ in: fanIn }: Linear, scaling: Scaling = []): string {
  const factorText = (factor: number): string => {
    if (factor === 5 / 3) return '(5 / 3)';
    if (factor === Math.sqrt(fanIn)) return `${fanIn}**0.5`;
    return singleDecimal(factor);
  };
  return scaling
    .filter(([, factor]) => factor !== 1)
    .map(([operation, factor]) => ` ${operation} ${factorText(factor)}`)
    .join('');
}

const TRAINING = `\
# ---- Training ----

for i in range(steps):
    ix = torch.randint(0, len(Xtr), (batch_size,), generator=g)
    loss = F.cross_entropy(model(Xtr[ix]), Ytr[ix])
    if i in (0, 1, 10, 100, 1000) or i % 10_000 == 0 or i == steps - 1:
        print(f'{i:7d} {loss.item():.6f}')  # before the update

    for p in parameters:
        p.grad = None
    loss.backward()
    for p in parameters:
        p.data -= learning_rate(i) * p.grad`;

const evaluation = ({ network }: ScriptRun): string => `\
# ---- Evaluation ----
${network.some(({ kind }) => kind === 'BatchNorm1d') ? USE_RUNNING_STATISTICS : ''}

@torch.no_grad()
def split_loss(X, Y):
    """The mean loss, by parts so that little memory is needed."""
    total = 0.0
    for x, y in zip(X.split(4096), Y.split(4096)):
        total += F.cross_entropy(model(x), y, reduction='sum').item()
    return total / len(X)


for name, X, Y in (('train', Xtr, Ytr), ('dev', Xdev, Ydev), ('test', Xte, Yte)):
    print(f'{name:>7}', f'{split_loss(X, Y):.6f}' if len(X) > 0 else 'has no words')`;

const USE_RUNNING_STATISTICS = `
for layer in layers:
    if isinstance(layer, BatchNorm1d):
        layer.training = False
`;

const sampling = ({ samples }: ScriptRun): string => `\
# ---- New words ----

# Old versions of PyTorch draw by another rule here, and print other words.
g = torch.Generator().manual_seed(seed + 10)


@torch.no_grad()
def sample(max_length=30):
    word, context = '', [0] * block_size
    for _ in range(max_length):
        probs = F.softmax(model(torch.tensor([context])), dim=1)
        ix = torch.multinomial(probs, 1, replacement=True, generator=g).item()
        if ix == 0:
            break
        word += symbols[ix]
        context = context[1:] + [ix]
    return word


for _ in range(${literal(samples)}):
    print(sample())`;

/** A whole number in Python, easy to count in: 200_000. */
const literal = (n: number): string => (n < 10_000 ? String(n) : counted(n).replaceAll(',', '_'));

const counted = (n: number): string => n.toLocaleString('en-US');
