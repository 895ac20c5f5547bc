import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { numberText } from '../../src/autograd/number-text.ts';
import { TorchGenerator } from '../../src/random/torch-generator.ts';
import { bigramProbabilities, sampleWord, withTemperature } from '../../src/text/bigram.ts';
import type { BigramRecord } from '../../src/training/bigram/record.ts';
import { bigramSamplerTable } from '../../src/training/bigram/settings.ts';
import { readLink, writeLink } from '../../src/training/link.ts';
import { defaultsOf, parseSettings, type Refusal, type SettingsOf } from '../../src/training/settings.ts';
import { BarRow } from '../charts/BarRow.tsx';
import { CopyLink } from '../training/CopyLink.tsx';
import { CorpusPicker, OWN_LIST_IS_MISSING } from '../training/CorpusPicker.tsx';
import type { SiteLists } from '../training/corpus-source.ts';
import { SettingsForm } from '../training/SettingsForm.tsx';
import { Spoken } from '../training/Spoken.tsx';
import { Transport } from '../training/Transport.tsx';
import { Widget } from '../training/Widget.tsx';
import { useCorpus } from './use-corpus.ts';

const ID = 'bigram-sampler';
/** The notebook adds one to every count before it samples. */
const SMOOTHING = 1;
const LETTER_MS = 450;
const MOST_WORDS = 20;
const FORESEEN = 5;
/** A word that does not end by itself is ended. */
const LONGEST = 60;

const { corpus: _, ...formTable } = bigramSamplerTable;

interface Props {
  readonly caption: string;
  readonly corpus: BigramRecord['corpus'];
  readonly lists: SiteLists;
}

interface Drawn {
  /** Finished words, each with its closing dot. */
  readonly words: readonly string[];
  /** The symbols of the word under way, by index. */
  readonly path: readonly number[];
  /** Letters drawn in all, and names. */
  readonly letters: number;
  readonly names: number;
}

const NOTHING: Drawn = { words: [], path: [], letters: 0, names: 0 };

/** Draws names one letter at a time: the row of the last letter, a random number, the next letter. */
export function BigramSampler({ caption, corpus: recorded, lists }: Props) {
  const corpus = useCorpus(recorded, lists);
  const settings = useSignal<SettingsOf<typeof bigramSamplerTable>>(defaultsOf(bigramSamplerTable));
  const refusals = useSignal<readonly Refusal[]>([]);
  const playing = useSignal(false);
  const drawn = useSignal<Drawn>(NOTHING);
  const counted = corpus.counted.value;
  const rows = useComputed(() => {
    const { size } = corpus.counted.value;
    const table = bigramProbabilities(corpus.counted.value, SMOOTHING);
    return (before: number) => {
      const row = table.subarray(before * size, (before + 1) * size);
      const { temperature } = settings.value;
      // In single precision, as the notebook has it.
      return Float32Array.from(temperature === 1 ? row : withTemperature(row, temperature));
    };
  });
  const generator = useMemo(() => ({ current: new TorchGenerator(settings.value.seed) }), []);

  const reset = () => {
    playing.value = false;
    drawn.value = NOTHING;
    generator.current = new TorchGenerator(settings.value.seed);
  };
  const drawLetter = () => {
    const { words, path, letters, names } = drawn.value;
    const [next] = generator.current.multinomial(rows.value(path.at(-1) ?? 0), 1, { rule: 'cumulative' });
    if (next !== 0 && path.length < LONGEST)
      drawn.value = { words, path: [...path, next!], letters: letters + 1, names };
    else {
      const word = `${path.map((symbol) => corpus.counted.value.symbols[symbol]).join('')}.`;
      drawn.value = { words: [...words, word].slice(-MOST_WORDS), path: [], letters: letters + 1, names: names + 1 };
    }
  };
  const drawWord = () => {
    do drawLetter();
    while (drawn.value.path.length > 0);
  };
  const change = (raw: Record<string, string>) => {
    const parsed = parseSettings(bigramSamplerTable, raw, settings.value);
    refusals.value = parsed.refusals;
    const reseeded = parsed.settings.seed !== settings.value.seed;
    settings.value = parsed.settings;
    if (reseeded) reset();
  };

  useEffect(() => {
    change(readLink(ID, location.search));
    if (settings.value.corpus !== 'names') corpus.choose(settings.value.corpus, reset);
  }, []);
  useEffect(() => {
    if (!playing.value) return;
    const timer = setInterval(drawLetter, LETTER_MS);
    return () => clearInterval(timer);
  }, [playing.value]);

  /** What the seed is going to draw: the recorded state, before anything was drawn. */
  const foreseen = useComputed(() => {
    const fresh = new TorchGenerator(settings.value.seed);
    const { symbols } = corpus.counted.value;
    return Array.from({ length: FORESEEN }, () =>
      sampleWord(rows.value, fresh, 'cumulative')
        .map((symbol) => symbols[symbol])
        .join(''),
    );
  });

  const { words, path, letters, names } = drawn.value;
  const before = path.at(-1) ?? 0;
  const row = rows.value(before);
  const likeliest = row.reduce((best, p, i) => (p > row[best]! ? i : best), 0);
  const state = playing.value ? 'running' : letters > 0 ? 'paused' : 'idle';
  return (
    <Widget id={ID} title="Names, drawn one letter at a time" state={state} step={letters} caption={caption}>
      <p class="sampler-word" aria-hidden="true">
        <span>.</span>
        {path.map((symbol) => counted.symbols[symbol]).join('')}
        <span class="sampler-next">?</span>
      </p>
      <p class="sampler-row-title">
        What follows <b>{before === 0 ? 'the beginning' : `“${counted.symbols[before]}”`}</b>
      </p>
      <BarRow
        title={`what follows ${before === 0 ? 'the beginning' : counted.symbols[before]}`}
        description={`Probabilities of the next letter after ${before === 0 ? 'the beginning' : counted.symbols[before]}: ${counted.symbols[likeliest]} is likeliest with ${numberText(row[likeliest]!)}.`}
        labels={counted.symbols}
        shares={row}
      />
      <div class="sampler-controls">
        <Transport
          state={state}
          onPlay={() => {
            playing.value = true;
          }}
          onPause={() => {
            playing.value = false;
          }}
          onStep={drawLetter}
          onReset={reset}
          onNewSeed={() => change({ seed: String(crypto.getRandomValues(new Uint32Array(1))[0]) })}
        />
        <button type="button" class="needs-script" onClick={drawWord}>
          Whole name
        </button>
      </div>
      <ol class="sampler-words" aria-label="Names drawn">
        {words.map((word, i) => (
          <li key={i}>{word}</li>
        ))}
        {words.length === 0 && <li class="sampler-none">This seed begins with {foreseen.value.join(' ')}</li>}
      </ol>
      <Spoken>{words.length === 0 ? '' : `Name ${names}: ${words.at(-1)}`}</Spoken>
      <SettingsForm table={formTable} settings={settings.value} refusals={refusals.value} onChange={change} />
      <CorpusPicker
        name={corpus.name.value}
        summary={`${counted.words.toLocaleString('en-US')} words.`}
        notes={counted.notes}
        busy={corpus.busy.value}
        failure={corpus.failure.value}
        wanted={corpus.wanted.value}
        onChoose={(name) => corpus.choose(name, reset)}
      />
      <CopyLink
        what="sampler"
        address={() =>
          writeLink(location.href, ID, bigramSamplerTable, { ...settings.value, corpus: corpus.name.value })
        }
        except={corpus.name.value === 'own' ? OWN_LIST_IS_MISSING : ''}
      />
    </Widget>
  );
}
