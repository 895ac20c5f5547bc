import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { numberText } from '../../src/autograd/number-text.ts';
import { bigramProbabilities, meanNll, scoreSymbols } from '../../src/text/bigram.ts';
import { symbolsOf } from '../../src/text/symbols.ts';
import type { CountedCorpus } from '../../src/training/bigram/count.ts';
import type { BigramRecord } from '../../src/training/bigram/record.ts';
import { bigramCountsTable } from '../../src/training/bigram/settings.ts';
import { readLink, writeLink } from '../../src/training/link.ts';
import { parseSettings, type Refusal } from '../../src/training/settings.ts';
import { Heatmap, pairNamed } from '../charts/Heatmap.tsx';
import { CopyLink } from '../training/CopyLink.tsx';
import { CorpusPicker, OWN_LIST_IS_MISSING } from '../training/CorpusPicker.tsx';
import type { CorpusName, SiteLists } from '../training/corpus-source.ts';
import { Refusals } from '../training/Refusals.tsx';
import { Widget } from '../training/Widget.tsx';
import { shownSymbols } from './shown-symbols.ts';
import { useCorpus } from './use-corpus.ts';
import { WordScore } from './WordScore.tsx';

const ID = 'bigram-counts';
/** Smoothing by the slider’s place. */
const SMOOTHINGS = [0, 0.01, 0.1, 1, 3, 10, 30, 100, 300, 1000];

interface Props {
  readonly caption: string;
  readonly corpus: BigramRecord['corpus'];
  readonly lists: SiteLists;
}

/** How often each letter follows each, and what that makes of words. */
export function BigramCounts({ caption, corpus: recorded, lists }: Props) {
  const id = useId();
  const corpus = useCorpus(recorded, lists);
  const smoothing = useSignal<number>(bigramCountsTable.smoothing.default);
  const word = useSignal('');
  const refused = useSignal<readonly Refusal[]>([]);
  const selected = useSignal<number | undefined>(undefined);
  const counted = corpus.counted.value;
  const probabilities = useComputed(() => bigramProbabilities(corpus.counted.value, smoothing.value));
  const shown = useComputed(() => shownSymbols(corpus.counted.value)).value;

  useEffect(() => {
    const { settings, refusals } = parseSettings(bigramCountsTable, readLink(ID, location.search));
    refused.value = refusals;
    smoothing.value = settings.smoothing;
    word.value = settings.word;
    if (settings.corpus !== 'names') corpus.choose(settings.corpus);
  }, []);

  const nll = meanNll(counted, probabilities.value);
  const { size } = counted;
  const strongest = shown.reduce(
    (most, row) => shown.reduce((m, column) => Math.max(m, counted.counts[row * size + column]!), most),
    1,
  );
  const strengths = shown.flatMap((row) =>
    shown.map((column) => Math.sqrt(counted.counts[row * size + column]! / strongest)),
  );
  const countAt = (i: number) =>
    counted.counts[shown[Math.floor(i / shown.length)]! * size + shown[i % shown.length]!]!;
  const darkest = pairNamed(
    shown.map((symbol) => counted.symbols[symbol]!),
    strengths,
  );
  const cell = selected.value !== undefined && selected.value < shown.length ** 2 ? selected.value : undefined;
  const pair =
    cell === undefined ? undefined : ([shown[Math.floor(cell / shown.length)]!, shown[cell % shown.length]!] as const);

  return (
    <Widget
      id={ID}
      title="How often each letter follows each"
      state={corpus.failure.value ? 'error' : 'idle'}
      caption={caption}
    >
      <div class="bigram-counts">
        <Heatmap
          title="how often each letter follows each"
          description={`Counts of ${counted.total.toLocaleString('en-US')} pairs in ${counted.words.toLocaleString('en-US')} words: a row is the letter before, a column the one after, and the dot the beginning or the end of a word. The darkest cell is ${darkest}, counted ${strongest.toLocaleString('en-US')} times.`}
          tell={(i) => countAt(i).toLocaleString('en-US')}
          labels={shown.map((symbol) => counted.symbols[symbol]!)}
          strengths={strengths}
          selected={cell}
          onSelect={(next) => {
            selected.value = next;
          }}
        />
        <div class="bigram-counts-side">
          <p class="cell-told" role="status">
            {pair
              ? tell(counted, probabilities.value, pair)
              : 'Point at a cell: its row is the letter before, its column the one after. The dot stands for the beginning and the end of a word.'}
          </p>
          <label class="smoothing needs-script" for={id}>
            Added to every count: <b>{numberText(smoothing.value)}</b>
            <input
              id={id}
              type="range"
              min="0"
              max={SMOOTHINGS.length - 1}
              value={nearest(smoothing.value)}
              aria-valuetext={String(smoothing.value)}
              onInput={(event) => {
                smoothing.value = SMOOTHINGS[event.currentTarget.valueAsNumber]!;
              }}
            />
          </label>
          <p class="nll">
            Average negative log-likelihood: <b class="value">{Number.isFinite(nll) ? nll.toFixed(4) : 'infinite'}</b>
            <br />
            Guessing uniformly: {Math.log(size).toFixed(4)}
          </p>
          <WordScore
            word={word.value}
            onInput={(text) => {
              word.value = text;
            }}
            score={(text) =>
              scoreSymbols(symbolsOf(text.toLowerCase().normalize('NFC')), counted.symbols, probabilities.value)
            }
          />
        </div>
      </div>
      <CorpusPicker
        name={corpus.name.value}
        summary={`${counted.words.toLocaleString('en-US')} words, ${counted.total.toLocaleString('en-US')} pairs, ${size} symbols.${shown.length < size ? ` The table shows the ${shown.length} most frequent.` : ''}`}
        notes={counted.notes}
        busy={corpus.busy.value}
        failure={corpus.failure.value}
        wanted={corpus.wanted.value}
        onChoose={(name: CorpusName) => corpus.choose(name)}
      />
      <Refusals refusals={refused.value} />
      <CopyLink
        what="table"
        address={() =>
          writeLink(location.href, ID, bigramCountsTable, {
            corpus: corpus.name.value,
            smoothing: smoothing.value,
            word: word.value,
          })
        }
        except={corpus.name.value === 'own' ? OWN_LIST_IS_MISSING : ''}
      />
    </Widget>
  );
}

const nearest = (smoothing: number): number =>
  SMOOTHINGS.reduce(
    (best, value, i) => (Math.abs(value - smoothing) < Math.abs(SMOOTHINGS[best]! - smoothing) ? i : best),
    0,
  );

function tell(
  { counts, size, symbols, total }: CountedCorpus,
  probabilities: Float64Array,
  [row, column]: readonly [number, number],
): string {
  const count = counts[row * size + column]!;
  const probability = probabilities[row * size + column]!;
  const name = (symbol: number, end: string) => (symbol === 0 ? end : `“${symbols[symbol]}”`);
  const what = `${name(row, 'the beginning')} → ${name(column, 'the end')}`;
  if (probability === 0)
    return `${what}: never counted. Its probability is 0, and one such pair would make the loss infinite.`;
  const nll = -Math.log(probability);
  return `${what}: counted ${count.toLocaleString('en-US')} times, probability ${numberText(probability)}, −ln of it ${nll.toFixed(3)}. All of them add ${((count * nll) / total).toFixed(4)} to the average.`;
}
