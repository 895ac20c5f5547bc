import '@tensorflow/tfjs-backend-cpu';
import type { Scope } from '../../backprop/language/evaluate.ts';
import { PARAMETERS } from '../../backprop/steps.ts';
import type { Tensor } from '../../backprop/tensor.ts';
import { startBackend } from '../../engines/tfjs/host.ts';
import { type BackpropParameters, tappedGradients } from '../../engines/tfjs/tapped-gradients.ts';

/** The gradient of the loss by each tensor of the forward pass, by autograd on the processor. */
export async function gradientsByAutograd(forward: Scope): Promise<Record<string, Tensor>> {
  await startBackend('cpu');
  const parameters = Object.fromEntries(
    PARAMETERS.map((name) => {
      const { shape, data } = forward.get(name)!;
      return [name, { shape, data: Float32Array.from(data) }];
    }),
  ) as BackpropParameters;
  const { gradients } = await tappedGradients(parameters, {
    contexts: Int32Array.from(forward.get('X')!.data),
    targets: Int32Array.from(forward.get('Y')!.data),
  });
  return Object.fromEntries(
    Object.entries(gradients).map(([name, { shape, data }]) => [name, { shape, data: Float64Array.from(data) }]),
  );
}
