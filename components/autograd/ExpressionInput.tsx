import { useId } from 'preact/hooks';
import type { Fault } from './expression-model.ts';

interface Props {
  readonly source: string;
  readonly fault: Fault | undefined;
  readonly onInput: (source: string) => void;
}

const EXAMPLES: readonly { name: string; source: string }[] = [
  { name: 'A neuron', source: 'tanh(x1*w1 + x2*w2 + b)' },
  { name: 'Used twice', source: 'e = a + b; e * e' },
  { name: 'Sigmoid', source: '1 / (1 + exp(-x))' },
  { name: 'Softplus', source: 'log(1 + exp(x))' },
];

/** How much of the source is quoted on each side of the place that a message points at. */
const CONTEXT = 24;

/** Where the reader types. A fault is a sentence, and below it the place in the text, marked. */
export function ExpressionInput({ source, fault, onInput }: Props) {
  const id = useId();
  return (
    <div class="expression-input needs-script">
      <label for={id}>Expression</label>
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
      />
      <div class="expression-examples" role="group" aria-label="Examples">
        {EXAMPLES.map((example) => (
          <button key={example.name} type="button" class="quiet" onClick={() => onInput(example.source)}>
            {example.name}
          </button>
        ))}
      </div>
      <div class="expression-fault" id={`${id}-fault`} role="status">
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
