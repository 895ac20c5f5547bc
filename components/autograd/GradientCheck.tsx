import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { Program } from '../../src/autograd/expression/program.ts';
import { centralDifference } from '../../src/autograd/gradient-check.ts';
import { numberText } from '../../src/autograd/number-text.ts';
import * as faults from '../../src/faults.ts';
import { readLink, writeLink } from '../../src/training/link.ts';
import { parseSettings, type Refusal, type SettingsTable } from '../../src/training/settings.ts';
import { ErrorChart } from '../charts/ErrorChart.tsx';
import { CopyLink } from '../training/CopyLink.tsx';
import { Refusals } from '../training/Refusals.tsx';
import { Control } from '../training/SettingsForm.tsx';
import { Widget } from '../training/Widget.tsx';
import { type Check, check, EXAMPLES, FIRST, STEPS } from './check-model.ts';
import { ExampleButtons } from './ExampleButtons.tsx';
import { useExpression } from './use-expression.ts';
import './gradient-check.css';

const ID = 'gradient-check';
const table = {
  function: { kind: 'text', label: 'f(x)', maxLength: 2000, default: FIRST.source },
  x: { kind: 'number', label: 'x', min: -1000, max: 1000, default: FIRST.x },
  h: { kind: 'integer', label: 'Place of h', min: 0, max: STEPS.length - 1, default: 8 },
} as const satisfies SettingsTable;

interface Props {
  readonly caption: string;
  /** The function of `FIRST`, read when the page was built. */
  readonly program: Program;
}

/** The gradient of the backward pass against a central difference, over step sizes from 1e-1 to 1e-12. */
export function GradientCheck({ caption, program }: Props) {
  const id = useId();
  const source = useSignal<string>(table.function.default);
  const x = useSignal<number>(table.x.default);
  const step = useSignal<number>(table.h.default);
  const { good, fault, failure } = useExpression(
    source,
    { source: FIRST.source, program },
    (read) => check(read, x.value),
    faults.lastFunctionStays,
  );
  const refused = useSignal<readonly Refusal[]>([]);
  const { errors, truncation, rounding, best } = good;

  useEffect(() => {
    const { settings, refusals } = parseSettings(table, readLink(ID, location.search));
    refused.value = refusals;
    source.value = settings.function;
    x.value = settings.x;
    step.value = settings.h;
  }, []);

  return (
    <Widget id={ID} title="The gradient against its definition" state="idle" caption={caption}>
      <div class="gradient-check">
        <div>
          <ErrorChart
            title="Error"
            steps={STEPS}
            chosen={STEPS[step.value]!}
            best={best}
            curves={[
              { label: 'truncation, h²/6·|f‴|', tone: 'muted', errors: truncation, guide: true },
              { label: 'rounding, ε|f|/h', tone: 'negative', errors: rounding, guide: true },
              { label: 'measured', tone: 'value', errors },
            ]}
          />
          <label class="gradient-check-step needs-script">
            Step h
            <input
              type="range"
              min="0"
              max={STEPS.length - 1}
              value={step.value}
              aria-valuetext={`h = ${STEPS[step.value]!.toExponential(2)}`}
              onInput={(event) => {
                step.value = event.currentTarget.valueAsNumber;
              }}
            />
          </label>
        </div>
        <div class="gradient-check-side">
          <div class="gradient-check-inputs needs-script">
            <div class="setting">
              <label for={`${id}-function`}>f(x)</label>
              <input
                id={`${id}-function`}
                value={source.value}
                spellcheck={false}
                autocomplete="off"
                aria-invalid={fault ? true : undefined}
                aria-describedby={`${id}-fault`}
                onInput={(event) => {
                  source.value = event.currentTarget.value;
                }}
              />
            </div>
            <Control
              name="x"
              field={table.x}
              text={String(x.value)}
              refusal={refused.value.find(({ name }) => name === 'x')?.sentence}
              onChange={(raw) => {
                const { settings, refusals } = parseSettings(table, raw, {
                  function: source.value,
                  x: x.value,
                  h: step.value,
                });
                refused.value = refusals;
                x.value = settings.x;
              }}
            />
          </div>
          <ExampleButtons
            names={Object.keys(EXAMPLES)}
            onChoose={(name) => {
              const example = EXAMPLES[name]!;
              refused.value = [];
              source.value = example.source;
              x.value = example.x;
            }}
          />
          <p class="gradient-check-fault" id={`${id}-fault`} role="status">
            {fault ? `${fault.message} The last function that could be computed stays.` : failure}
          </p>
          <Readout check={good} h={STEPS[step.value]!} />
        </div>
      </div>
      <Refusals refusals={refused.value.filter(({ name }) => name !== 'x')} />
      <CopyLink
        what="check"
        address={() => writeLink(location.href, ID, table, { function: source.value, x: x.value, h: step.value })}
      />
    </Widget>
  );
}

/** The quotient with all its digits: those that both ends share are lost to the subtraction, and are dimmed. */
function Readout({ check: { x, f, gradient, best }, h }: { check: Check; h: number }) {
  const [right, left] = [f(x + h), f(x - h)].map((y) => (Number.isNaN(y) ? 'no value' : y.toPrecision(17)));
  const common = sharedLength(right!, left!);
  const quotient = centralDifference(f, x, h);
  const digits = (text: string) => (
    <>
      <span class="lost">{text.slice(0, common)}</span>
      {text.slice(common)}
    </>
  );
  return (
    <dl class="gradient-check-readout">
      <dt>h</dt>
      <dd>{h.toExponential(2).replace('-', '−')}</dd>
      <dt>f(x + h)</dt>
      <dd>{digits(right!)}</dd>
      <dt>f(x − h)</dt>
      <dd>{digits(left!)}</dd>
      <dt>quotient</dt>
      <dd>{Number.isNaN(quotient) ? 'no value' : quotient.toPrecision(15)}</dd>
      <dt>backward</dt>
      <dd class="gradient">{gradient.toPrecision(15)}</dd>
      <dt>error</dt>
      <dd>{Number.isNaN(quotient) ? 'no value' : numberText(Math.abs(quotient - gradient))}</dd>
      <dt>best h, in theory</dt>
      <dd class="best-step">{best === undefined ? 'none: f‴ or f is 0 here' : numberText(best)}</dd>
    </dl>
  );
}

function sharedLength(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  return i;
}
