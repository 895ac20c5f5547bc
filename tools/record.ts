/** `npm run record`: makes the reference runs of content/runs/ anew. Posts take their figures from these files. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { defaultsOf } from '../src/training/settings.ts';
import { TinyNetworkRun } from '../src/training/tiny-network/run.ts';
import { type TinyNetworkSettings, tinyNetworkTable } from '../src/training/tiny-network/settings.ts';

const round = (digits: number) => (x: number) => Number(x.toPrecision(digits));

function tinyNetwork(changed: Partial<TinyNetworkSettings>) {
  const settings = { ...defaultsOf(tinyNetworkTable), ...changed };
  const run = new TinyNetworkRun(settings);
  while (!run.done) run.advance();
  const end = run.evaluate();
  const { losses, accuracies, ...frame } = run.frame();
  const curve = { loss: [...losses, end.loss].map(round(9)), accuracy: [...accuracies, end.accuracy] };
  const firstPerfect = curve.accuracy.indexOf(1);
  return {
    settings,
    steps: run.step,
    curve,
    firstPerfect: firstPerfect < 0 ? null : firstPerfect,
    frame: {
      step: frame.step,
      done: frame.done,
      parameters: Array.from(frame.parameters, round(4)),
      gradients: Array.from(frame.gradients, round(3)),
      surface: Array.from(frame.surface, (score) => Number(score.toFixed(2))),
    },
  };
}

const runs = {
  'tiny-network': tinyNetwork({}),
  'tiny-network-relu': tinyNetwork({ activation: 'relu' }),
  'tiny-network-no-zero-grad': tinyNetwork({ zerograd: 'no' }),
  'tiny-network-rate-20': tinyNetwork({ rate: 20 }),
};

mkdirSync('content/runs', { recursive: true });
for (const [name, run] of Object.entries(runs)) {
  writeFileSync(`content/runs/${name}.json`, `${JSON.stringify(run)}\n`);
  console.log(
    `content/runs/${name}.json: ${run.steps} steps, loss ${run.curve.loss.at(-1)}, 100 % at ${run.firstPerfect}`,
  );
}
