/** The kernels against TensorFlow.js’s engine, on shapes that fill no panel; proof.test.ts has PyTorch’s numbers. */
import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { distance, drawExamples, drawState, l2 } from '../../../tools/drawn-network.ts';
import { fusedHost, nodeHost } from '../../../tools/node-engine.ts';
import { batchNorm1d, bigram, deepBatchNorm, mlp, type Network, waveNet } from '../../networks/index.ts';
import type { Engine, EngineHost, Examples } from '../engine.ts';
import { tfjsHost } from '../tfjs/host.ts';

vi.setConfig({ testTimeout: 120_000 });

const TOLERANCE = 1e-5;
/** The same shapes at every run: among others is now and then a single channel, normalized over three examples, that cancels to 2.5e-5. */
const SHAPES_SEED = 1;

/** Variances of almost nothing would magnify rounding: hence the large eps. */
const steady = (network: Network): Network =>
  network.map((layer) => (layer.kind === 'BatchNorm1d' ? { ...layer, eps: 1 } : layer));

interface Shape {
  readonly network: Network;
  readonly block: number;
  readonly batch: number;
  readonly seed: number;
}

const sizes = {
  symbols: fc.constantFrom(2, 27, 300),
  embedding: fc.constantFrom(1, 3, 8, 10),
  hidden: fc.constantFrom(1, 5, 16, 127),
  seed: fc.nat(),
};
const anyBatch = fc.constantFrom(1, 3, 31, 33);
/** One example alone has no spread. */
const severalExamples = fc.constantFrom(3, 31, 33);
const block = fc.integer({ min: 1, max: 4 });
const levels = fc.integer({ min: 1, max: 3 });

/** Layers of one width on each other, as no notebook has them: what one leaves, another may still need. */
const inAnyOrder = fc.array(fc.constantFrom('Linear', 'BatchNorm1d', 'Tanh'), { minLength: 1, maxLength: 6 });
function stack(kinds: readonly string[], symbols: number, width: number): Network {
  const linear = (fanIn: number, out: number) => ({ kind: 'Linear', in: fanIn, out, bias: true }) as const;
  return [
    { kind: 'Embedding', in: symbols, out: width },
    ...kinds.map((kind) => {
      if (kind === 'Linear') return linear(width, width);
      return kind === 'Tanh' ? ({ kind: 'Tanh' } as const) : batchNorm1d(width);
    }),
    linear(width, symbols),
  ];
}

const SHAPES: Record<string, fc.Arbitrary<Shape>> = {
  'layers in any order': fc
    .record({
      kinds: inAnyOrder,
      symbols: sizes.symbols,
      width: sizes.hidden,
      batch: severalExamples,
      seed: sizes.seed,
    })
    .map(({ kinds, symbols, width, ...s }) => ({ ...s, network: stack(kinds, symbols, width), block: 1 })),
  bigram: fc
    .record({ symbols: sizes.symbols, batch: anyBatch, seed: sizes.seed })
    .map((s) => ({ ...s, network: bigram(s.symbols), block: 1 })),
  mlp: fc.record({ ...sizes, block, batch: anyBatch }).map((s) => ({ ...s, network: mlp(s) })),
  'mlp with batch normalization': fc
    .record({ ...sizes, block, batch: severalExamples })
    .map((s) => ({ ...s, network: mlp({ ...s, batchNorm: true }) })),
  deepBatchNorm: fc
    .record({ ...sizes, block, depth: levels, batch: severalExamples })
    .map((s) => ({ ...s, network: deepBatchNorm(s) })),
  waveNet: fc
    .record({ ...sizes, levels, batch: severalExamples })
    .map((s) => ({ ...s, network: waveNet(s), block: 2 ** s.levels })),
  'waveNet, all positions joined at once, or normalized over the batch alone': fc
    .record({
      ...sizes,
      levels,
      batch: severalExamples,
      changed: fc.constantFrom({ join: 'all' } as const, { over: 'batch' } as const),
    })
    .map(({ changed, ...s }) => ({ ...s, network: waveNet({ ...s, ...changed }), block: 2 ** s.levels })),
};

/**
 * The greatest distance of one of `ours` from its counterpart, by the counterpart’s norm, or by that of the greatest of
 * `scale`, where what it is the sum of has cancelled.
 */
function worst(ours: readonly Float32Array[], theirs: readonly Float32Array[], scale: readonly Float32Array[]): number {
  expect(ours).toHaveLength(theirs.length);
  const least = Math.max(...scale.map(l2));
  return Math.max(0, ...ours.map((one, i) => distance(one, theirs[i]!) / Math.max(least, l2(theirs[i]!))));
}

async function compare(host: EngineHost, { network: given, block, batch, seed }: Shape): Promise<number> {
  const network = steady(given);
  const state = drawState(network, seed);
  const examples = drawExamples(network, batch, block, seed + 1);
  const look = async (engine: Engine) => {
    const inspection = await engine.inspect(examples, { activations: true });
    const [logits, loss] = [await engine.logits(examples.contexts), await engine.loss(examples)];
    const losses = await engine.train({ ...examples, rates: [0.1] });
    const after = await engine.state();
    engine.dispose();
    return { inspection, logits, loss, losses, after };
  };
  const ours = await look(await host.open(network, state));
  const theirs = await look(await tfjsHost('cpu').open(network, state));
  const activations = (one: typeof ours) => one.inspection.activations.map(({ values }) => values);
  const byActivations = (one: typeof ours) => one.inspection.activations.map(({ gradient }) => gradient);
  const scale = byActivations(theirs);
  return Math.max(
    worst(activations(ours), activations(theirs), []),
    worst(byActivations(ours), byActivations(theirs), scale),
    worst(ours.inspection.gradients, theirs.inspection.gradients, scale),
    worst([ours.logits], [theirs.logits], []),
    worst(ours.after.parameters, theirs.after.parameters, scale),
    worst(ours.after.buffers, theirs.after.buffers, []),
    ...[ours.inspection.loss, ours.loss, ours.losses[0]!].map((loss, i) => {
      const expected = [theirs.inspection.loss, theirs.loss, theirs.losses[0]!][i]!;
      return Math.abs(loss - expected) / Math.max(1, expected);
    }),
  );
}

describe('the kernels agree with TensorFlow.js on any shape', () => {
  test.for(Object.entries(SHAPES))('%s', async ([name, shapes]) => {
    let greatest = 0;
    const property = fc.asyncProperty(shapes, async (shape) => {
      for (const host of [nodeHost, fusedHost]) {
        const error = await compare(host, shape);
        expect(error).toBeLessThan(TOLERANCE);
        greatest = Math.max(greatest, error);
      }
    });
    await fc.assert(property, { numRuns: 60, seed: SHAPES_SEED });
    console.log(`${name}: within ${greatest.toExponential(1)}`);
  });

  test('a minibatch of one has no spread: no number, as in TensorFlow.js', async () => {
    const network = deepBatchNorm({ hidden: 5 });
    const examples = drawExamples(network, 1, 3, 1);
    for (const host of [nodeHost, tfjsHost('cpu')]) {
      const engine = await host.open(network, drawState(network, 1));
      expect((await engine.inspect(examples)).loss).toBeNaN();
    }
  });

  test('without an eps, a minibatch of one and the same example is no number either, and the next one is', async () => {
    const network = mlp({ hidden: 5, batchNorm: true });
    const examples = drawExamples(network, 31, 3, 1);
    const same = { contexts: new Int32Array(31 * 3), targets: new Int32Array(31) };
    const losses: number[] = [];
    for (const host of [nodeHost, tfjsHost('cpu')]) {
      const engine = await host.open(network, drawState(network, 1));
      expect((await engine.inspect(same)).loss).toBeNaN();
      losses.push((await engine.inspect(examples)).loss);
    }
    expect(losses[0]).toBeCloseTo(losses[1]!, 5);
  });
});

describe('the engine', () => {
  const network = deepBatchNorm({ hidden: 20, depth: 3 });
  const rates = [0.5, 0, 0.25, 1];
  const BATCH = 31;
  const examples = drawExamples(network, rates.length * BATCH, 3, 5);
  const one = (step: number): Examples => ({
    contexts: examples.contexts.slice(step * BATCH * 3, (step + 1) * BATCH * 3),
    targets: examples.targets.slice(step * BATCH, (step + 1) * BATCH),
  });
  const open = () => nodeHost.open(network, drawState(network, 4));

  test('takes n steps in one call as in n, and looks at other minibatches between them', async () => {
    const [together, apart] = [await open(), await open()];
    const losses = await together.train({ ...examples, rates });
    for (const [i, rate] of rates.entries()) {
      await apart.loss(examples);
      await apart.logits(examples.contexts.slice(0, 3));
      const { loss } = await apart.inspect(one(i));
      expect(Math.fround(loss)).toBe(losses[i]);
      expect((await apart.train({ ...one(i), rates: [rate] }))[0]).toBe(losses[i]);
    }
    expect(await together.state()).toEqual(await apart.state());
    expect(await together.parameter(3)).toEqual((await apart.state()).parameters[3]);
  });

  test('takes other numbers for its own, shares none, and what was read belongs to the reader', async () => {
    const engine = await open();
    await engine.train({ ...examples, rates });
    const given = drawState(network, 8);
    await engine.load(given);
    for (const values of Object.values(given).flat()) values.fill(7);
    expect(await engine.state()).toEqual(drawState(network, 8));
    (await engine.parameter(0)).fill(7);
    for (const values of Object.values(await engine.state()).flat()) values.fill(7);
    expect(await engine.state()).toEqual(drawState(network, 8));
  });

  test('the loss of many examples is the mean of those of each, wherever they are cut', async () => {
    const engine = await open();
    const many = drawExamples(network, 1001, 3, 6);
    let total = 0;
    for (let i = 0; i < 1001; i++) {
      const example = { contexts: many.contexts.slice(3 * i, 3 * i + 3), targets: many.targets.slice(i, i + 1) };
      total += await engine.loss(example);
    }
    expect(await engine.loss(many)).toBeCloseTo(total / 1001, 9);
  });
});
