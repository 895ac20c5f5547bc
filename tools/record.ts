/** `npm run record`: makes the reference runs of content/runs/ anew. Posts take their figures from these files. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { recordBigram } from '../src/training/bigram/record.ts';
import { record } from '../src/training/tiny-network/record.ts';

const networks = {
  'tiny-network': record(),
  'tiny-network-relu': record({ activation: 'relu' }),
  'tiny-network-no-zero-grad': record({ zerograd: 'no' }),
  'tiny-network-rate-20': record({ rate: 20 }),
};

const bigram = recordBigram(readFileSync('content/corpora/names.txt', 'utf8').trimEnd().split('\n'));

function write(name: string, run: object, summary: string): void {
  writeFileSync(`content/runs/${name}.json`, `${JSON.stringify(run)}\n`);
  console.log(`content/runs/${name}.json: ${summary}`);
}

mkdirSync('content/runs', { recursive: true });
for (const [name, run] of Object.entries(networks)) {
  write(name, run, `${run.steps} updates, loss ${run.curve.loss.at(-1)}, 100% at ${run.firstPerfect}`);
}
write(
  'bigram',
  bigram,
  `counted ${bigram.run.countedNll}, after ${bigram.run.step} updates ${bigram.run.losses.at(-1)}`,
);
