/**
 * `npm run record`: makes the reference runs of content/runs/ anew; posts take their figures from these files. With names
 * after `--`, such as `npm run record -- mlp bigram`, only those.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { recordBigram } from '../src/training/bigram/record.ts';
import { record } from '../src/training/tiny-network/record.ts';
import { mlpRecords } from './record-mlp.ts';

const records: Readonly<Record<string, () => object | Promise<object>>> = {
  'tiny-network': () => record(),
  'tiny-network-relu': () => record({ activation: 'relu' }),
  'tiny-network-no-zero-grad': () => record({ zerograd: 'no' }),
  'tiny-network-rate-20': () => record({ rate: 20 }),
  bigram: () => recordBigram(readFileSync('content/corpora/names.txt', 'utf8').trimEnd().split('\n')),
  ...mlpRecords,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(records, name));
if (unknown.length > 0) {
  console.error(`There is no record ${unknown.join(', ')}. There are ${Object.keys(records).join(', ')}.`);
  process.exit(1);
}

mkdirSync('content/runs', { recursive: true });
for (const name of asked.length > 0 ? asked : Object.keys(records)) {
  const begun = performance.now();
  writeFileSync(`content/runs/${name}.json`, `${JSON.stringify(await records[name]!())}\n`);
  console.log(`content/runs/${name}.json: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
}
