import { batch, useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { NetworkState } from '../../src/engines/engine.ts';
import * as faults from '../../src/faults.ts';
import { readLink, writeLink } from '../../src/training/link.ts';
import { defaultsOf, parseSettings, type Refusal, type SettingsOf } from '../../src/training/settings.ts';
import {
  BLOCK,
  EMBEDDING,
  HIDDEN,
  MOST_LETTERS,
  type Predicted,
  predict,
  readWeights,
  receptiveFieldTable,
  SYMBOLS,
} from '../../src/training/wavenet/receptive-field.ts';
import { Numbers } from '../charts/Numbers.tsx';
import { CopyLink } from '../training/CopyLink.tsx';
import { Refusals } from '../training/Refusals.tsx';
import { RunButton } from '../training/RunButton.tsx';
import { Spoken } from '../training/Spoken.tsx';
import { Widget } from '../training/Widget.tsx';
import { Prediction } from './Prediction.tsx';
import { above, below, nodesOf, rootOf, sharedJoins, type TreeNode, textOf, type View } from './receptive-model.ts';
import { TreeGraph } from './TreeGraph.tsx';
import './receptive-field.css';

const ID = 'receptive-field';
type Settings = SettingsOf<typeof receptiveFieldTable>;
const VIEWS = Object.entries(receptiveFieldTable.view.options) as [View, string][];

interface Props {
  readonly caption: string;
  /** Of the word that the figure begins with. */
  readonly recorded: Predicted;
  /** The address of the trained weights. */
  readonly weights: string;
}

/** The tree over a name: which characters reach which node, and what the trained network makes of them. */
export function ReceptiveField({ caption, recorded, weights }: Props) {
  const wordId = useId();
  const settings = useSignal<Settings>(defaultsOf(receptiveFieldTable));
  const refusals = useSignal<readonly Refusal[]>([]);
  const isLive = useSignal(false);
  const inHand = useSignal<string | undefined>(undefined);
  const predicted = useSignal(recorded);
  const trained = useSignal<NetworkState | undefined>(undefined);
  const busy = useSignal(false);
  const failure = useSignal('');

  const change = (raw: Readonly<Record<string, string>>) => {
    const parsed = parseSettings(receptiveFieldTable, raw, settings.value);
    const word = parsed.settings.word.toLowerCase();
    const stranger = [...word].find((letter) => letter === '.' || !SYMBOLS.includes(letter));
    batch(() => {
      refusals.value =
        stranger === undefined
          ? parsed.refusals
          : [...parsed.refusals, { name: 'word', sentence: sentenceFor(stranger, settings.value.word) }];
      const kept = stranger === undefined ? word : settings.value.word;
      const place = stranger === undefined ? parsed.settings.place : settings.value.place;
      settings.value = { ...parsed.settings, word: kept, place: Math.min(place, kept.length) };
      inHand.value = undefined;
    });
    run();
  };
  /** The network on the word, once its weights are there. */
  const run = () => {
    const { word } = settings.value;
    if (trained.value && predicted.value.word !== word) predicted.value = predict(trained.value, word);
  };
  const fetchAndRun = async () => {
    batch(() => {
      busy.value = true;
      failure.value = '';
    });
    try {
      const response = await fetch(weights);
      if (!response.ok) throw new Error(`${weights}: ${response.status}`);
      const state = readWeights(new Uint8Array(await response.arrayBuffer()));
      predicted.value = predict(state, settings.value.word);
      trained.value = state;
    } catch {
      failure.value = `${faults.weightsNotFetched} ${faults.press('the button')}`;
    } finally {
      busy.value = false;
    }
  };
  useEffect(() => {
    change(readLink(ID, location.search));
    isLive.value = true;
  }, []);

  const { word, place, view } = settings.value;
  const text = textOf(word);
  const end = BLOCK + place - 1;
  const nodes = nodesOf(view, text.length, end);
  const told = nodes.find(({ id }) => id === inHand.value);
  const lit = told ? new Set([...below(nodes, told.id), ...above(nodes, told.id)]) : below(nodes, rootOf(view, end));
  const target = word[place] ?? '.';

  return (
    <Widget id={ID} title="What sees which characters" state={failure.value ? 'error' : 'idle'} caption={caption}>
      <div class="receptive-controls needs-script">
        <div>
          <label for={wordId}>A name</label>
          <input
            id={wordId}
            type="text"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            maxLength={MOST_LETTERS}
            value={word}
            onInput={(event) => {
              const field = event.currentTarget;
              const [typed, caret] = [field.value, field.selectionStart ?? 0];
              change({ word: typed, place: String(Math.min(typed.length, MOST_LETTERS)) });
              const { word: taken } = settings.value;
              if (taken === typed) return;
              // Another text moves the caret to its end; it stays where the reader writes.
              const back = Math.max(0, typed.length - taken.length);
              field.value = taken;
              field.setSelectionRange(caret - back, caret - back);
            }}
          />
        </div>
        <div class="receptive-views" role="group" aria-label="How they are joined">
          {VIEWS.map(([each, label]) => (
            <button key={each} type="button" aria-pressed={each === view} onClick={() => change({ view: each })}>
              {label}
            </button>
          ))}
        </div>
      </div>
      <div class="receptive-places needs-script" role="group" aria-label="Which character is predicted">
        {[...word, '.'].map((letter, i) => (
          <button key={i} type="button" aria-pressed={i === place} onClick={() => change({ place: String(i) })}>
            {letter}
          </button>
        ))}
      </div>
      {/* A node in hand is said by its own name. */}
      <p class="receptive-told">{told ? tell(told, view, text) : tellTree(view, text, end, target)}</p>
      <Spoken>{tellTree(view, text, end, target)}</Spoken>
      <div class="receptive-parts">
        <div>
          <div
            class="tree-graph-box"
            onPointerLeave={() => {
              inHand.value = undefined;
            }}
          >
            <TreeGraph
              {...{ view, text, nodes, lit }}
              levels={levelsOf(view, text.length)}
              inHand={inHand.value}
              onPick={
                isLive.value
                  ? (id) => {
                      inHand.value = id;
                    }
                  : undefined
              }
              describe={(node) => tell(node, view, text)}
            />
          </div>
          <Numbers
            title="what is joined with what"
            columns={['level', 'sees', 'joins', 'place in the text']}
            rows={() =>
              nodes.map((node) => [
                String(node.level),
                seen(node, text),
                node.joins.length === 0 ? 'a character' : `${node.joins.length} of level ${node.level - 1}`,
                `${node.from + 1} to ${node.at + 1}`,
              ])
            }
          />
        </div>
        <Prediction predicted={predicted.value.word === word ? predicted.value : undefined} place={place} />
      </div>
      <div class="run-controls needs-script">
        <RunButton primary unavailable={busy.value || trained.value !== undefined} onClick={fetchAndRun}>
          Run the trained network
        </RunButton>
        <p class="status" role="status">
          {failure.value || describe(busy.value, trained.value !== undefined)}
        </p>
      </div>
      <Refusals refusals={refusals.value} />
      <CopyLink what="tree" address={() => writeLink(location.href, ID, receptiveFieldTable, settings.value)} />
    </Widget>
  );
}

function describe(isBusy: boolean, isThere: boolean): string {
  if (isThere) return 'It runs with every letter that you type.';
  return isBusy ? 'Fetching its weights.' : 'Its weights are fetched when you do.';
}

const sentenceFor = (letter: string, word: string): string =>
  `Word: the network knows the letters a to z, and no ${nameOf(letter)}. ${word === '' ? 'It stays empty.' : `It stays at ${word}.`}`;

/** A character as it can be read in a sentence. */
const nameOf = (letter: string): string =>
  letter === ' ' ? 'space' : /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(letter) ? `“${letter}”` : 'invisible characters';

/** Shapes of what each level leaves, for a batch of B contexts. */
function levelsOf(view: View, length: number): string[] {
  if (view === 'all') return [`B × ${BLOCK} × ${EMBEDDING}`, `B × ${HIDDEN}`];
  if (view === 'everywhere') {
    const count = (reach: number) => length - reach + 1;
    return [`${length} × ${EMBEDDING}`, ...[2, 4, 8].map((reach) => `${count(reach)} × ${HIDDEN}`)];
  }
  return [`B × 8 × ${EMBEDDING}`, `B × 4 × ${HIDDEN}`, `B × 2 × ${HIDDEN}`, `B × ${HIDDEN}`];
}

const seen = ({ from, at }: TreeNode, text: readonly string[]): string => text.slice(from, at + 1).join('');

function tell(node: TreeNode, view: View, text: readonly string[]): string {
  if (node.level === 0) return `The character ${text[node.at]}: a row of the table, ${EMBEDDING} numbers.`;
  const inputs = node.joins.length * (node.level === 1 ? EMBEDDING : HIDDEN);
  const reach = node.at - node.from + 1;
  const dilation = view === 'everywhere' ? `, ${2 ** (node.level - 1)} apart` : '';
  return `It sees the ${reach} characters ${seen(node, text)}: ${HIDDEN} numbers, from ${inputs} that it joins${dilation}.`;
}

function tellTree(view: View, text: readonly string[], end: number, target: string): string {
  const context = text.slice(end - BLOCK + 1, end + 1).join('');
  const asked = `After ${context} the next character is ${target === '.' ? 'the dot' : target}.`;
  if (view === 'all') return `${asked} All eight are joined at once. The network that runs is the one by pairs.`;
  if (view === 'pairs') return `${asked} Pairs are joined, then pairs of pairs.`;
  const { own, shared } = sharedJoins(text.length, end);
  return `${asked} Of the ${own} joins of its tree, ${shared} are needed for other places of this name too.`;
}
