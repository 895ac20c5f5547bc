import { batch, useSignal } from '@preact/signals';
import { useEffect, useId, useMemo, useRef } from 'preact/hooks';
import { isRight, type Verdict } from '../../src/backprop/judge.ts';
import { RULES } from '../../src/backprop/steps.ts';
import { idOf, TASKS, type Task, usesOf } from '../../src/backprop/tasks.ts';
import * as faults from '../../src/faults.ts';
import { exerciseTable } from '../../src/training/gradient-exercise/settings.ts';
import { inWords } from '../../src/training/in-words.ts';
import { readLink, writeLink } from '../../src/training/link.ts';
import { parseSettings, type Refusal } from '../../src/training/settings.ts';
import { MarkedSpan } from '../prose/MarkedSpan.tsx';
import { CopyLink } from '../training/CopyLink.tsx';
import { type SiteLists, sourceOf } from '../training/corpus-source.ts';
import { download } from '../training/download.ts';
import { Refusals } from '../training/Refusals.tsx';
import { RunButton } from '../training/RunButton.tsx';
import { Widget } from '../training/Widget.tsx';
import { AllLines } from './AllLines.tsx';
import { Derivation } from './Derivation.tsx';
import {
  answersAsText,
  forgetTask,
  givenInWords,
  type Kept,
  keepTask,
  recallTask,
  shapeInWords,
  verdictInWords,
} from './exercise-model.ts';
import { newJudge } from './judge-worker.ts';
import { LineLanguage } from './LineLanguage.tsx';
import { TaskOverview } from './TaskOverview.tsx';
import { type FormulaBook, useFormulas } from './use-formulas.ts';
import './gradient-exercise.css';

const ID = 'gradient-exercise';
const IDS = TASKS.map(idOf);
const NOTHING: Kept = { line: '', solved: false };

interface Props {
  readonly caption: string;
  readonly lists: SiteLists;
  /** Of the first line at least, rendered when the page was built. */
  readonly formulas: FormulaBook;
}

/** The reader writes the backward pass, line by line, and is told of each whether it is right. */
export function GradientExercise({ caption, lists, formulas: first }: Props) {
  const inputId = useId();
  const input = useRef<HTMLInputElement>(null);
  const judge = useMemo(newJudge, []);
  const at = useSignal(0);
  const kept = useSignal<ReadonlyMap<string, Kept>>(new Map(IDS.map((id) => [id, NOTHING])));
  const verdict = useSignal<Verdict | undefined>(undefined);
  const failure = useSignal('');
  /** The line that is being judged, by its id. */
  const busy = useSignal('');
  /** Whether Check was pressed meanwhile. */
  const isWanted = useRef(false);
  /** What was last found right, by the id of its line. */
  const found = useRef(new Map<string, string>());
  /** What Clear all took away, until something is written. */
  const cleared = useSignal<ReadonlyMap<string, Kept> | undefined>(undefined);
  const hints = useSignal(0);
  const refusals = useSignal<readonly Refusal[]>([]);

  useEffect(() => {
    kept.value = new Map(TASKS.map((task) => [idOf(task), recallTask(task)]));
    for (const [each, past] of kept.value) if (past.solved) found.current.set(each, past.line);
    const parsed = parseSettings(exerciseTable, readLink(ID, location.search));
    refusals.value = parsed.refusals;
    at.value = IDS.indexOf(parsed.settings.task);
    return () => judge.dispose();
  }, [judge]);

  const task = TASKS[at.value]!;
  const { step } = task;
  const id = idOf(task);
  const formulas = useFormulas(first, id);
  const { line, solved } = kept.value.get(id)!;
  const right = [...kept.value.values()].filter((each) => each.solved).length;
  const isShown = hints.value > step.hints.length;

  /** A line is right as long as it is the one that was found right. */
  const put = (task: Task, line: string) => {
    const id = idOf(task);
    const changed = { line, solved: found.current.get(id) === line };
    kept.value = new Map(kept.value).set(id, changed);
    keepTask(task, changed);
  };
  const go = (next: number) =>
    batch(() => {
      at.value = next;
      verdict.value = undefined;
      failure.value = '';
      hints.value = 0;
    });
  /** Who goes on by the keyboard goes on writing. */
  const goOn = (event: MouseEvent) => {
    go(at.value + 1);
    if (event.detail === 0) input.current?.focus();
  };
  /** Judges the line that is open now; pressed while one is being judged, it waits its turn. */
  const check = async (): Promise<void> => {
    if (busy.value) {
      isWanted.current = true;
      return;
    }
    const task = TASKS[at.value]!;
    const id = idOf(task);
    const { line } = kept.value.get(id)!;
    busy.value = id;
    failure.value = '';
    try {
      const judged = await judge.judge(line, id, sourceOf('names', lists));
      // The reader may have gone on writing, or to another line, meanwhile.
      if (kept.value.get(id)!.line !== line) return;
      if (isRight(judged)) found.current.set(id, line);
      if (idOf(TASKS[at.value]!) === id) verdict.value = judged;
      put(task, line);
    } catch (error) {
      if (idOf(TASKS[at.value]!) === id) failure.value = `${inWords(error)} ${faults.lineKept}`;
    } finally {
      busy.value = '';
      const again = isWanted.current;
      isWanted.current = false;
      if (again) check();
    }
  };
  /** The next hint and, after the last one, the answer. */
  const showMore = () => {
    hints.value += 1;
  };
  const clearAll = () => {
    cleared.value = kept.value;
    for (const each of TASKS) forgetTask(each);
    kept.value = new Map(IDS.map((each) => [each, NOTHING]));
    go(0);
  };
  const undoClearing = () => {
    for (const each of TASKS) {
      const past = cleared.value!.get(idOf(each))!;
      if (past.line !== '') keepTask(each, past);
    }
    kept.value = cleared.value!;
    cleared.value = undefined;
  };

  return (
    <Widget
      id={ID}
      title="Write the backward pass"
      state={failure.value ? 'error' : busy.value ? 'running' : right === TASKS.length ? 'done' : 'idle'}
      caption={caption}
    >
      <div class="gradient-exercise needs-script">
        <TaskOverview at={at.value} solved={(each) => kept.value.get(each)!.solved} onChoose={go} />
        <div class="gradient-task">
          <p class="task-title">
            {at.value + 1} of {TASKS.length}: <code>{id}</code> {solved && <span class="task-solved">right</span>}
          </p>
          <p>
            Shape {shapeInWords(task)}. {step.name} is used in
          </p>
          <ul class="task-uses">
            {usesOf(step.name).map((use) => (
              <li key={use}>
                <code>{use}</code>
              </li>
            ))}
          </ul>
          <p>
            You may use the tensors of the forward pass, X, Y, and the lengths n, K, T, D and H; {givenInWords(task)}.
          </p>
          <form
            class="task-line"
            onSubmit={(event) => {
              event.preventDefault();
              check();
            }}
          >
            <label for={inputId}>
              <code>d{step.name} =</code>
            </label>
            <input
              ref={input}
              id={inputId}
              type="text"
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              maxLength={1000}
              value={line}
              aria-describedby={`${inputId}-verdict`}
              onInput={(event) => {
                verdict.value = undefined;
                cleared.value = undefined;
                put(task, event.currentTarget.value);
              }}
            />
            <div class="task-buttons">
              <button type="submit" class="primary">
                Check
              </button>
              <RunButton unavailable={isShown} onClick={showMore}>
                {hints.value < step.hints.length ? 'Hint' : 'Show the answer'}
              </RunButton>
              <RunButton unavailable={at.value === 0} onClick={() => go(at.value - 1)}>
                Previous
              </RunButton>
              <RunButton unavailable={at.value === TASKS.length - 1} onClick={goOn}>
                Next
              </RunButton>
            </div>
          </form>
          <div class="task-verdict" id={`${inputId}-verdict`} role="status" data-verdict={verdict.value?.kind}>
            {failure.value || (verdict.value && <Judged verdict={verdict.value} line={line} />)}
            {busy.value === id && (
              <p class="help" aria-hidden="true">
                Being computed.
              </p>
            )}
          </div>
          <div class="task-hints" aria-live="polite">
            {step.hints.slice(0, hints.value).map((hint) => (
              <p key={hint}>{hint}</p>
            ))}
            {isShown && (
              <>
                <p>
                  <code>
                    d{step.name} = {step.backward}
                  </code>
                </p>
                <Derivation formulas={formulas} />
                {task.kind === 'step' && <p>{RULES[task.step.rule]}</p>}
              </>
            )}
          </div>
          <LineLanguage />
        </div>
      </div>
      <AllLines />
      <Refusals refusals={refusals.value} />
      <div class="exercise-foot needs-script">
        <span role="status">
          {right} of {TASKS.length} right
        </span>
        <button type="button" onClick={() => download('backward-pass.py', answersAsText(kept.value), 'text/x-python')}>
          Save my lines
        </button>
        <button type="button" class="quiet" onClick={cleared.value ? undoClearing : clearAll}>
          {cleared.value ? 'Undo clearing' : 'Clear all'}
        </button>
        <CopyLink what="line" address={() => writeLink(location.href, ID, exerciseTable, { task: id })} />
      </div>
    </Widget>
  );
}

/** The verdict, and where in the line it is about. */
function Judged({ verdict, line }: { readonly verdict: Verdict; readonly line: string }) {
  return (
    <>
      <p class={isRight(verdict) ? 'verdict-right' : 'verdict-wrong'}>{verdictInWords(verdict)}</p>
      {verdict.kind === 'error' && line !== '' && <MarkedSpan text={line} span={verdict.span} />}
    </>
  );
}
