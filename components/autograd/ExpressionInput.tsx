import { useId } from 'preact/hooks';
import { ExampleButtons } from './ExampleButtons.tsx';
import type { Fault } from './fault.ts';

interface Props {
  readonly source: string;
  readonly fault: Fault | undefined;
  /** Why the graph on screen is not the one asked for, though nothing is wrong with the expression. */
  readonly failure?: string | undefined;
  readonly onInput: (source: string) => void;
}

const EXAMPLES: Readonly<Record<string, string>> = {
  'a neuron': 'tanh(x1*w1 + x2*w2 + b)',
  'used twice': 'e = a + b; e * e',
  sigmoid: '1 / (1 + exp(-x))',
  softplus: 'log(1 + exp(x))',
};

const HINT = 'Name a step with e = a + b; and continue. There are + − * / **, tanh, exp, log and relu.';

/** How much of the source is quoted on each side of the place that a message points at. */
const CONTEXT = 24;

/** Where the reader types. A fault is a sentence, and below it the place in the text, marked. */
export function ExpressionInput({ source, fault, failure, onInput }: Props) {
  const id = useId();
  return (
    <div class="expression-input needs-script">
      <div class="expression-head">
        <label for={id}>Expression</label>
        <ExampleButtons names={Object.keys(EXAMPLES)} onChoose={(name) => onInput(EXAMPLES[name]!)} />
      </div>
      <input
        id={id}
        type="text"
        value={source}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        aria-invalid={fault ? true : undefined}
        aria-describedby={`${id}-fault`}
        onInput={(event) => onInput(event.currentTarget.value)}
        onPaste={(event) => {
          const text = event.clipboardData?.getData('text') ?? '';
          if (!/[\n\r]/.test(text)) return;
          // A field of one line would glue the statements together.
          event.preventDefault();
          const { selectionStart, selectionEnd } = event.currentTarget;
          event.currentTarget.setRangeText(
            text.trim().replace(/\s*[\n\r]+\s*/g, '; '),
            selectionStart ?? 0,
            selectionEnd ?? 0,
            'end',
          );
          onInput(event.currentTarget.value);
        }}
      />
      <div class="expression-fault" id={`${id}-fault`} role="status">
        {!fault && (failure ? <p>{failure}</p> : <p class="hint">{HINT}</p>)}
        {fault && (
          <>
            <p>{fault.message} The last graph that could be computed stays.</p>
            <Excerpt source={source} {...fault.span} />
          </>
        )}
      </div>
    </div>
  );
}

function Excerpt({ source, start, end }: { source: string; start: number; end: number }) {
  const from = Math.max(0, start - CONTEXT);
  const to = Math.min(source.length, Math.max(end, start + 1) + CONTEXT);
  const stop = Math.min(Math.max(end, start + 1), start + CONTEXT);
  return (
    <code>
      {from > 0 && '…'}
      {source.slice(from, start)}
      <mark>{source.slice(start, stop) || '\u00a0'}</mark>
      {source.slice(stop, to)}
      {to < source.length && '…'} <span class="place">character {start + 1}</span>
    </code>
  );
}
