/** The recorded runs of the MLP post. */
import { existsSync, readFileSync } from 'node:fs';
import { type ContextTable, contextTables } from '../src/text/context-counts.ts';
import { type LanguageModelRecord, recordRun } from '../src/training/language-model/record.ts';
import { embeddingMapTable, type MlpTrainingSettings, mlpOf, mlpTrainingTable } from '../src/training/mlp/settings.ts';
import { recordSweep } from '../src/training/rate-sweep/record.ts';
import { rateSweepTable } from '../src/training/rate-sweep/settings.ts';
import { defaultsOf } from '../src/training/settings.ts';
import { openNodeEngine } from './node-engine.ts';

/** The makemore list is not the site’s to ship; its runs are recorded where it lies beside the project. */
const MAKEMORE = '../shared/data/names.txt';

const read = (path: string): string[] => readFileSync(path, 'utf8').trimEnd().split('\n');
const listOf = (corpus: string): string[] => read(corpus === 'makemore' ? MAKEMORE : `content/corpora/${corpus}.txt`);

const full = defaultsOf(mlpTrainingTable);
const record = (settings: MlpTrainingSettings, watching?: 'embedding') =>
  recordRun({ settings, words: listOf(settings.corpus), network: mlpOf, open: openNodeEngine, watching });

/** One setting at a time is changed, in shorter runs. */
const VARIED: readonly Partial<MlpTrainingSettings>[] = [
  {},
  ...[25, 50, 100, 400].map((hidden) => ({ hidden })),
  ...[1, 2, 5, 20].map((embedding) => ({ embedding })),
  ...[1, 2, 4, 5, 8].map((block) => ({ block })),
];

/** What a table needs of a run. */
export interface Variation {
  readonly changed: Partial<MlpTrainingSettings>;
  readonly parameters: number;
  readonly final: LanguageModelRecord<MlpTrainingSettings>['final'];
}

async function recordVariations(): Promise<{ steps: number; decay: number; runs: Variation[] }> {
  const shorter = { steps: 50_000, decay: 25_000 };
  const runs: Variation[] = [];
  for (const changed of VARIED) {
    const { parameters, final } = await record({ ...full, ...shorter, ...changed });
    console.log(JSON.stringify(changed), final.dev);
    runs.push({ changed, parameters, final });
  }
  return { ...shorter, runs };
}

/** The tables of counts for one to five characters of a list, against which a network is held. */
function recordTables(corpus: string): { words: number; tables: ContextTable[] } {
  const words = listOf(corpus);
  return { words: words.length, tables: contextTables(words, [1, 2, 3, 4, 5], 42) };
}

export const mlpRecords: Readonly<Record<string, () => object | Promise<object>>> = {
  mlp: () => record(full),
  'mlp-notebook': () => record({ ...full, init: 'notebook' }),
  'mlp-dinosaurs': () => record({ ...full, corpus: 'dinosaurs', steps: 60_000, decay: 50_000 }),
  'mlp-sizes': recordVariations,
  'embedding-map': () => record(defaultsOf(embeddingMapTable), 'embedding'),
  'learning-rate-finder': () => recordSweep(defaultsOf(rateSweepTable), listOf('names'), openNodeEngine),
  ...(existsSync(MAKEMORE) && {
    'mlp-makemore': () => record({ ...full, corpus: 'makemore' }),
    'mlp-makemore-notebook': () => record({ ...full, corpus: 'makemore', init: 'notebook' }),
    'mlp-makemore-tables': () => recordTables('makemore'),
  }),
};
