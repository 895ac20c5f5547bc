import { useSignal } from '@preact/signals';
import { RULES, type Step } from '../../src/backprop/steps.ts';
import { usesOf } from '../../src/backprop/tasks.ts';
import { largest, type Tensor } from '../../src/backprop/tensor.ts';
import { spread } from '../../src/diagnostics/statistics.ts';
import { LevelMap } from '../charts/LevelMap.tsx';
import { Numbers as NumberTable } from '../charts/Numbers.tsx';
import { Derivation } from './Derivation.tsx';
import { shapeInWords } from './exercise-model.ts';
import type { Formulas } from './formulas.ts';
import { type Comparison, inDigits } from './stepper-model.ts';

/** Of one tensor. Those that are undefined are not computed yet. */
export interface StepNumbers {
  readonly value?: Tensor | undefined;
  readonly gradient?: Tensor | undefined;
  readonly byAutograd?: Tensor | undefined;
  readonly comparison: Comparison;
}

interface Props {
  readonly step: Step;
  readonly numbers: StepNumbers;
  /** Whether what is missing is on its way. */
  readonly isBusy: boolean;
  readonly formulas: Formulas | undefined;
}

/** One step of the backward pass: where its tensor is used, how its gradient comes about, the line, the rule, and the numbers. */
export function StepPanel({ step, numbers, isBusy, formulas }: Props) {
  const { value, gradient, byAutograd, comparison } = numbers;
  return (
    <div class="step-panel">
      <p class="step-title">
        <code>d{step.name}</code>, shape {shapeInWords({ kind: 'step', step })}
      </p>
      <p>
        {step.name} is used in{' '}
        {usesOf(step.name).map((use, i) => (
          <>
            {i > 0 && ' and in '}
            <code>{use}</code>
          </>
        ))}
        . {RULES[step.rule]}
      </p>
      <Derivation formulas={formulas} />
      <p class="step-line">
        <code>
          d{step.name} = {step.backward}
        </code>
      </p>
      <div class="step-maps">
        <Numbers title={step.name} tensor={value} isBusy={isBusy} />
        <Numbers title={`d${step.name}`} by="hand" tensor={gradient} isBusy={isBusy} />
        <Numbers title={`d${step.name}`} by="autograd" tensor={byAutograd} isBusy={isBusy} />
      </div>
      <NumberTable
        title={`${step.name} and its gradient`}
        columns={['tensor', 'shape', 'smallest', 'largest', 'mean', 'deviation', 'zeros']}
        rows={() =>
          (
            [
              [step.name, value],
              [`d${step.name} by hand`, gradient],
              [`d${step.name} by autograd`, byAutograd],
            ] as const
          ).map(([name, tensor]) => (tensor ? [name, ...summaryOf(tensor)] : [name, 'not computed yet']))
        }
      />
      <p class="step-difference">
        Largest number {inDigits(comparison.largest)}; largest difference between hand and autograd{' '}
        {inDigits(comparison.difference)}.
      </p>
    </div>
  );
}

/** Thousands of numbers in six. */
function summaryOf({ shape, data }: Tensor): string[] {
  const { mean, std } = spread(data);
  const [low, high] = data.reduce(([low, high], x) => [Math.min(low!, x), Math.max(high!, x)], [data[0]!, data[0]!]);
  const zeros = data.reduce((count, x) => count + (x === 0 ? 1 : 0), 0);
  return [shape.join(' × ') || '1', ...[low!, high!, mean, std].map(inDigits), zeros.toLocaleString('en-US')];
}

interface NumbersProps {
  readonly title: string;
  readonly by?: string;
  readonly tensor: Tensor | undefined;
  readonly isBusy: boolean;
}

/** A tensor as a map; the pointer reads its numbers. */
function Numbers({ title, by, tensor, isBusy }: NumbersProps) {
  const pointed = useSignal<number | undefined>(undefined);
  const heading = (
    <p>
      <code>{title}</code>
      {by && ` by ${by}`}
    </p>
  );
  if (!tensor)
    return (
      <div class="step-map">
        {heading}
        <p class="step-map-missing help">{isBusy ? 'It is being computed.' : 'Press a button to compute it.'}</p>
      </div>
    );
  const columns = tensor.shape.at(-1)!;
  const rows = tensor.data.length / columns;
  const limit = largest(tensor);
  const at = pointed.value;
  return (
    <div class={`step-map${rows === 1 ? ' is-row' : ''}${columns === 1 ? ' is-column' : ''}`}>
      {heading}
      <LevelMap
        description={`${title}${by ? ` by ${by}` : ''}: ${rows} rows of ${columns} numbers, the largest ${inDigits(limit)}.`}
        rows={rows}
        columns={columns}
        values={tensor.data}
        limit={limit || 1}
        onPoint={(place) => {
          pointed.value = place;
        }}
      />
      <p class="help">
        {at === undefined || at >= tensor.data.length
          ? `${rows} × ${columns}${tensor.shape.length > 2 ? `, of ${tensor.shape.join(' × ')}` : ''}: up to ${inDigits(limit)} in size`
          : `[${Math.floor(at / columns)}, ${at % columns}] = ${inDigits(tensor.data[at]!)}`}
      </p>
    </div>
  );
}
