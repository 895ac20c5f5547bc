import { batch, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { STEPS } from '../../src/backprop/steps.ts';
import type { Tensor } from '../../src/backprop/tensor.ts';
import * as faults from '../../src/faults.ts';
import type { TensorLook } from '../../src/training/gradient-exercise/judge-in-worker.ts';
import type { RoundedTensor, StepperRecord } from '../../src/training/gradient-exercise/record.ts';
import { stepperTable } from '../../src/training/gradient-exercise/settings.ts';
import { inWords } from '../../src/training/in-words.ts';
import { readLink, writeLink } from '../../src/training/link.ts';
import { parseSettings, type Refusal } from '../../src/training/settings.ts';
import { CopyLink } from '../training/CopyLink.tsx';
import { type SiteLists, sourceOf } from '../training/corpus-source.ts';
import { Refusals } from '../training/Refusals.tsx';
import { RunButton } from '../training/RunButton.tsx';
import { Widget } from '../training/Widget.tsx';
import { GradientTable } from './GradientTable.tsx';
import { newJudge } from './judge-worker.ts';
import { type StepNumbers, StepPanel } from './StepPanel.tsx';
import { comparisonOf } from './stepper-model.ts';
import { TensorGraph } from './TensorGraph.tsx';
import type { TensorGraphLayout } from './tensor-graph-layout.ts';
import { type FormulaBook, useFormulas } from './use-formulas.ts';
import './backprop-stepper.css';

const ID = 'backprop-stepper';
const NAMES = STEPS.map(({ name }) => name);

interface Props {
  readonly caption: string;
  readonly recorded: StepperRecord;
  readonly lists: SiteLists;
  readonly layout: TensorGraphLayout;
  /** Of the first tensor at least, rendered when the page was built. */
  readonly formulas: FormulaBook;
}

/** The backward pass, one tensor at a time, from the loss to the table. */
export function BackpropStepper({ caption, recorded, lists, layout, formulas: first }: Props) {
  const judge = useMemo(newJudge, []);
  const at = useSignal(0);
  const isLive = useSignal(false);
  const looks = useSignal<Readonly<Record<string, TensorLook>> | undefined>(undefined);
  const byAutograd = useSignal<Readonly<Record<string, Tensor>> | undefined>(undefined);
  const busy = useSignal(false);
  const failure = useSignal('');
  const refusals = useSignal<readonly Refusal[]>([]);
  useEffect(() => {
    const parsed = parseSettings(stepperTable, readLink(ID, location.search));
    batch(() => {
      refusals.value = parsed.refusals;
      at.value = NAMES.indexOf(parsed.settings.tensor);
      isLive.value = true;
    });
    // A link to a tensor is a link to its numbers.
    if (at.value > 0) go(at.value);
    return () => judge.dispose();
  }, [judge]);

  const go = async (next: number) => {
    batch(() => {
      at.value = next;
      failure.value = '';
    });
    if (byAutograd.value || busy.value) return;
    busy.value = true;
    try {
      const source = sourceOf('names', lists);
      looks.value = await judge.look(source);
      byAutograd.value = await judge.autograd(source);
    } catch (error) {
      failure.value = `${inWords(error)} ${faults.press('a button')}`;
    }
    busy.value = false;
  };
  const step = STEPS[at.value]!;
  const formulas = useFormulas(first, `d${step.name}`);
  const compared = (name: string) => comparisonOf(name, looks.value, byAutograd.value) ?? recorded.tensors[name]!;
  const numbers: StepNumbers = {
    ...(at.value === 0 && !byAutograd.value
      ? unrounded(recorded.first)
      : { ...looks.value?.[step.name], byAutograd: byAutograd.value?.[step.name] }),
    comparison: compared(step.name),
  };

  return (
    <Widget
      id={ID}
      title="The backward pass, tensor by tensor"
      state={failure.value ? 'error' : 'idle'}
      step={at.value + 1}
      caption={caption}
    >
      <div class="backprop-stepper">
        <div class="tensor-graph-box">
          <TensorGraph
            layout={layout}
            reached={new Set(NAMES.slice(0, at.value + 1))}
            current={step.name}
            onChoose={isLive.value ? (name) => go(NAMES.indexOf(name)) : undefined}
          />
        </div>
        <StepPanel step={step} numbers={numbers} isBusy={busy.value} formulas={formulas} />
      </div>
      <div class="run-controls">
        <div class="transport needs-script" role="group" aria-label="Backward pass">
          <RunButton primary unavailable={at.value === NAMES.length - 1} onClick={() => go(at.value + 1)}>
            Step back
          </RunButton>
          <RunButton unavailable={at.value === 0} onClick={() => go(at.value - 1)}>
            Undo
          </RunButton>
          <RunButton onClick={() => go(0)}>Reset</RunButton>
        </div>
        <p class="status" role="status">
          {failure.value || `Gradient ${at.value + 1} of ${NAMES.length}: d${step.name}.`}
        </p>
      </div>
      <GradientTable comparisonOf={compared} />
      <Refusals refusals={refusals.value} />
      <CopyLink what="step" address={() => writeLink(location.href, ID, stepperTable, { tensor: step.name })} />
    </Widget>
  );
}

/** Tensors as they are kept, to be drawn like others. */
const unrounded = ({ value, gradient, byAutograd }: StepperRecord['first']) => ({
  value: tensorOf(value),
  gradient: tensorOf(gradient),
  byAutograd: tensorOf(byAutograd),
});
const tensorOf = ({ shape, data }: RoundedTensor): Tensor => ({ shape, data: Float64Array.from(data) });
