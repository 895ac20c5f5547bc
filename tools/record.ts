/**
 * `npm run record`: makes the reference runs of content/runs/ anew; posts take their figures from these files. With names
 * after `--`, such as `npm run record -- mlp bigram`, only those. `--makemore=PATH` or `--makemore=download` says where the
 * makemore list is; without, it is looked for beside the project, and its runs are left alone where it is not there.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { contextTables } from '../src/text/context-counts.ts';
import { recordBigram } from '../src/training/bigram/record.ts';
import { toSafetensors } from '../src/training/export/safetensors.ts';
import { recordStepper } from '../src/training/gradient-exercise/record.ts';
import { recordInitialization } from '../src/training/initialization/record.ts';
import { initializationTable } from '../src/training/initialization/settings.ts';
import { recordManual } from '../src/training/manual/record.ts';
import { manualTrainingTable } from '../src/training/manual/settings.ts';
import { recordSweep } from '../src/training/rate-sweep/record.ts';
import { rateSweepTable } from '../src/training/rate-sweep/settings.ts';
import { defaultsOf } from '../src/training/settings.ts';
import { record } from '../src/training/tiny-network/record.ts';
import { KERNELS, openNodeEngine } from './node-engine.ts';
import { RECORDED_RUNS, RECORDED_VARIATIONS, type RecordedRun, recordAnew } from './recorded-runs.ts';
import { makemoreList, sha256, shippedList, type WordList } from './word-lists.ts';

const { values: options, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { makemore: { type: 'string' } },
});
const makemore = await makemoreList(options.makemore);
const names = shippedList('names');

/** Of a character model: its record, with the list and the kernels that it was made with, and its weights. */
async function recordModel(name: string, run: RecordedRun, { words, sha256: list }: WordList): Promise<object> {
  const { record, network, state } = await recordAnew(run, words);
  if (run.keepsWeights) {
    const about = { step: String(record.step), seed: String(run.settings.seed), corpus: run.settings.corpus };
    writeFileSync(`content/runs/${name}.safetensors`, toSafetensors(network, state, about));
  }
  return { ...record, sha256: { list, kernels: sha256(readFileSync(KERNELS)) } };
}

/** The runs on lists that are at hand. */
const models = Object.entries(RECORDED_RUNS).flatMap(([name, run]) => {
  const list = run.settings.corpus === 'makemore' ? makemore : shippedList(run.settings.corpus);
  return list ? [[name, () => recordModel(name, run, list)] as const] : [];
});

const records: Readonly<Record<string, () => object | Promise<object>>> = {
  'tiny-network': () => record(),
  'tiny-network-relu': () => record({ activation: 'relu' }),
  'tiny-network-no-zero-grad': () => record({ zerograd: 'no' }),
  'tiny-network-rate-20': () => record({ rate: 20 }),
  bigram: () => recordBigram([...names.words]),
  'initialization-lab': () => recordInitialization(defaultsOf(initializationTable), names.words, openNodeEngine),
  'learning-rate-finder': () => recordSweep(defaultsOf(rateSweepTable), names.words, openNodeEngine),
  'backprop-stepper': () => recordStepper(names.words),
  'manual-training': () => recordManual(defaultsOf(manualTrainingTable), names.words),
  ...Object.fromEntries(
    Object.entries(RECORDED_VARIATIONS).map(([name, recordTable]) => [name, () => recordTable(names.words)]),
  ),
  ...Object.fromEntries(models),
  ...(makemore && {
    // The tables of counts for one to five characters, against which a network is held.
    'mlp-makemore-tables': () => ({
      words: makemore.words.length,
      tables: contextTables(makemore.words, [1, 2, 3, 4, 5], 42),
    }),
  }),
};

const unknown = asked.filter((name) => !Object.hasOwn(records, name));
if (!makemore) console.log('The runs on the makemore list are left alone: the list is not there. See --makemore.');
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
