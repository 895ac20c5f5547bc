/** `npm run record`: makes the reference runs of content/runs/ anew. Posts take their figures from these files. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { record } from '../src/training/tiny-network/record.ts';

const runs = {
  'tiny-network': record(),
  'tiny-network-relu': record({ activation: 'relu' }),
  'tiny-network-no-zero-grad': record({ zerograd: 'no' }),
  'tiny-network-rate-20': record({ rate: 20 }),
};

mkdirSync('content/runs', { recursive: true });
for (const [name, run] of Object.entries(runs)) {
  writeFileSync(`content/runs/${name}.json`, `${JSON.stringify(run)}\n`);
  console.log(
    `content/runs/${name}.json: ${run.steps} steps, loss ${run.curve.loss.at(-1)}, 100% at ${run.firstPerfect}`,
  );
}
