import { useSignal } from '@preact/signals';
import { usesOf } from '../../src/backprop/passes.ts';
import { RULES, type Step } from '../../src/backprop/steps.ts';
import { distance, largest, type Tensor } from '../../src/backprop/tensor.ts';
import type { TensorLook } from '../../src/training/gradient-exercise/judge-in-worker.ts';
import { LevelMap } from '../charts/LevelMap.tsx';
import { shapeInWords } from './exercise-model.ts';

interface Props {
  readonly step: Step;
  /** Undefined before the numbers were computed. */
  readonly look: TensorLook | undefined;
  /** The gradient by autograd; undefined before it was computed. */
  readonly byAutograd: Tensor | undefined;
  readonly formula: string;
}

/** One step of the backward pass: where its tensor is used, the line, the rule, and the numbers. */
export function StepPanel({ step, look, byAutograd, formula }: Props) {
  return (
    <div class="step-panel">
      <p class="step-title">
        <code>d{step.name}</code>, shape {shapeInWords({ kind: 'step', step })}
      </p>
      <p>
        Forward, it is used in{' '}
        {usesOf(step.name).map((use, i) => (
          <>
            {i > 0 && ' and in '}
            <code>{use}</code>
          </>
        ))}
        .
      </p>
      <p>
        Backward:{' '}
        <code>
          d{step.name} = {step.backward}
        </code>
      </p>
      <p class="step-formula" dangerouslySetInnerHTML={{ __html: formula }} />
      <p>{RULES[step.rule]}</p>
      <div class="step-maps">
        <Numbers title={step.name} tensor={look?.value} />
        <Numbers title={`d${step.name} by hand`} tensor={look?.gradient} />
        <Numbers title={`d${step.name} by autograd`} tensor={byAutograd} />
      </div>
      <p class="step-difference">{look && byAutograd ? differenceInWords(look.gradient, byAutograd) : ''}</p>
    </div>
  );
}

/** By hand in double precision, by autograd in single: what they differ by is rounding. */
function differenceInWords(byHand: Tensor, byAutograd: Tensor): string {
  return `By hand and by autograd: the largest difference is ${inDigits(distance(byHand, byAutograd))}, the largest number ${inDigits(largest(byHand))}.`;
}

const inDigits = (x: number): string => (x === 0 ? '0' : x.toPrecision(3).replaceAll('-', '−'));

/** A tensor as a map; the pointer reads its numbers. */
function Numbers({ title, tensor }: { readonly title: string; readonly tensor: Tensor | undefined }) {
  const pointed = useSignal<number | undefined>(undefined);
  if (!tensor)
    return (
      <div class="step-map">
        <p>{title}</p>
        <p class="help">Press a button to compute it.</p>
      </div>
    );
  const columns = tensor.shape.at(-1)!;
  const rows = tensor.data.length / columns;
  const limit = largest(tensor);
  const at = pointed.value;
  return (
    <div class="step-map">
      <p>
        <code>{title}</code>, {rows} × {columns}
      </p>
      <LevelMap
        description={`${title}: ${rows} rows of ${columns} numbers, the largest ${inDigits(limit)}.`}
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
          ? `Up to ±${inDigits(limit)}.`
          : `Row ${Math.floor(at / columns)}, column ${at % columns}: ${inDigits(tensor.data[at]!)}.`}
      </p>
    </div>
  );
}
