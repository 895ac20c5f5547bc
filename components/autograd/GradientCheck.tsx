import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { centralDifference } from '../../src/autograd/gradient-check.ts';
import { readLink, writeLink } from '../../src/training/link.ts';
import { parseSettings, type SettingsTable } from '../../src/training/settings.ts';
import { ErrorChart } from '../charts/ErrorChart.tsx';
import { CopyLink } from '../training/CopyLink.tsx';
import { Widget } from '../training/Widget.tsx';
import { type Check, check, FUNCTIONS, STEPS } from './check-model.ts';
import { ExampleButtons } from './ExampleButtons.tsx';
import { numberText } from './number-text.ts';
import './gradient-check.css';

const ID = 'gradient-check';
const table = {
  function: { kind: 'text', label: 'f(x)', maxLength: 2000, default: FUNCTIONS.exp! },
  x: { kind: 'number', label: 'x', min: -20, max: 20, default: 1 },
  step: { kind: 'integer', label: 'Step', min: 0, max: STEPS.length - 1, default: 8 },
} as const satisfies SettingsTable;

/** The gradient of the backward pass against a central difference, over step sizes from 1e-1 to 1e-12. */
export function GradientCheck({ caption }: { readonly caption: string }) {
  const id = useId();
  const source = useSignal<string>(table.function.default);
  const x = useSignal<number>(table.x.default);
  const step = useSignal<number>(table.step.default);
  const result = useComputed(() => check(source.value, x.value));
  const good = useSignal({ x: x.value, check: result.value as Check });
  if (!('message' in result.value)) good.value = { x: x.value, check: result.value };
  const fault = 'message' in result.value ? result.value : undefined;
  const { errors, truncation, rounding, best } = good.value.check;

  useEffect(() => {
    const { settings } = parseSettings(table, readLink(ID, location.search));
    source.value = settings.function;
    x.value = settings.x;
    step.value = settings.step;
  }, []);

  return (
    <Widget id={ID} title="The gradient against its definition" state="idle" step={step.value} caption={caption}>
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
            <div class="setting">
              <label for={`${id}-x`}>x</label>
              <input
                id={`${id}-x`}
                type="number"
                step="any"
                min={table.x.min}
                max={table.x.max}
                value={x.value}
                onInput={(event) => {
                  const { settings, refusals } = parseSettings(table, { x: event.currentTarget.value });
                  if (refusals.length === 0) x.value = settings.x;
                }}
              />
            </div>
          </div>
          <ExampleButtons
            examples={FUNCTIONS}
            onChoose={(text) => {
              source.value = text;
            }}
          />
          <p class="gradient-check-fault" id={`${id}-fault`} role="status">
            {fault && `${fault.message} The last function that could be computed stays.`}
          </p>
          <Readout {...good.value} h={STEPS[step.value]!} />
        </div>
      </div>
      <CopyLink
        what="check"
        address={() => writeLink(location.href, ID, table, { function: source.value, x: x.value, step: step.value })}
      />
    </Widget>
  );
}

/** The quotient with all its digits: those that both ends share are lost to the subtraction, and are dimmed. */
function Readout({ x, check: { f, gradient, best }, h }: { x: number; check: Check; h: number }) {
  const [right, left] = [f(x + h), f(x - h)].map((y) => y.toPrecision(17));
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
      <dd>{quotient.toPrecision(15)}</dd>
      <dt>backward</dt>
      <dd class="gradient">{gradient.toPrecision(15)}</dd>
      <dt>error</dt>
      <dd>{numberText(Math.abs(quotient - gradient))}</dd>
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
