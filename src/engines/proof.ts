import * as faults from '../faults.ts';
import { batchNorm1d, initialBuffers, type Network } from '../networks/index.ts';
import { ENGINE_LABELS, EngineError, type EngineHost, type NetworkState } from './engine.ts';
import answer from './known-answer.json' with { type: 'json' };

/** Every kind of layer, small: five symbols, contexts of two, four examples. */
export const PROOF_NETWORK: Network = [
  { kind: 'Embedding', in: 5, out: 2 },
  { kind: 'FlattenConsecutive', n: 2 },
  { kind: 'Linear', in: 4, out: 3, bias: true },
  batchNorm1d(3),
  { kind: 'Tanh' },
  { kind: 'Linear', in: 3, out: 5, bias: true },
];

/** Single precision is a hundred times better than this, half precision several times worse. */
const TOLERANCE = 1e-4;

/**
 * Lets an engine compute a loss, gradients and a step whose values PyTorch computed in double precision
 * (reference/fixtures/backprop_tiny.json). @throws EngineError where it differs.
 */
export async function prove(host: EngineHost): Promise<void> {
  const state: NetworkState = {
    parameters: answer.parameters.map((values) => Float32Array.from(values)),
    buffers: initialBuffers(PROOF_NETWORK),
  };
  const examples = { contexts: Int32Array.from(answer.contexts), targets: Int32Array.from(answer.targets) };
  const engine = await host.open(PROOF_NETWORK, state);
  try {
    const { loss, gradients } = await engine.inspect(examples);
    const [lossBefore] = await engine.train({ ...examples, rates: [1] });
    const { parameters } = await engine.state();
    const errors = [
      Math.abs(loss - answer.loss),
      Math.abs(lossBefore! - answer.loss),
      ...answer.gradients.flatMap((expected, i) =>
        expected.flatMap((value, k) => [
          Math.abs(gradients[i]![k]! - value),
          Math.abs(answer.parameters[i]![k]! - value - parameters[i]![k]!),
        ]),
      ),
    ];
    if (!errors.every((error) => error <= TOLERANCE))
      throw new EngineError(faults.engineWrong(ENGINE_LABELS[host.name]));
  } finally {
    engine.dispose();
  }
}
