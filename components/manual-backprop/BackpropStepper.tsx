import { batch, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { STEPS } from '../../src/backprop/steps.ts';
import type { Tensor } from '../../src/backprop/tensor.ts';
import type { TensorLook } from '../../src/training/gradient-exercise/judge-in-worker.ts';
import { stepperTable } from '../../src/training/gradient-exercise/settings.ts';
import { readLink, writeLink } from '../../src/training/link.ts';
import { parseSettings, type Refusal } from '../../src/training/settings.ts';
import { CopyLink } from '../training/CopyLink.tsx';
import { type SiteLists, sourceOf } from '../training/corpus-source.ts';
import { Refusals } from '../training/Refusals.tsx';
import { RunButton } from '../training/RunButton.tsx';
import { Widget } from '../training/Widget.tsx';
import { newJudge } from './judge-worker.ts';
import { StepPanel } from './StepPanel.tsx';
import { TensorGraph } from './TensorGraph.tsx';
import type { TensorGraphLayout } from './tensor-graph-layout.ts';
import './backprop-stepper.css';

const ID = 'backprop-stepper';
const NAMES = STEPS.map(({ name }) => name);

interface Props {
  readonly caption: string;
  readonly lists: SiteLists;
  readonly layout: TensorGraphLayout;
  /** The gradient of each tensor as a formula, rendered when the page was built. */
  readonly formulas: Readonly<Record<string, string>>;
}

/** The backward pass, one tensor at a time, from the loss to the table. */
export function BackpropStepper({ caption, lists, layout, formulas }: Props) {
  const judge = useMemo(newJudge, []);
  const at = useSignal(0);
  const numbers = useSignal<Readonly<Record<string, TensorLook>> | undefined>(undefined);
  const byAutograd = useSignal<Readonly<Record<string, Tensor>> | undefined>(undefined);
  const failure = useSignal('');
  const refusals = useSignal<readonly Refusal[]>([]);
  useEffect(() => {
    const parsed = parseSettings(stepperTable, readLink(ID, location.search));
    refusals.value = parsed.refusals;
    at.value = NAMES.indexOf(parsed.settings.tensor);
    return () => judge.dispose();
  }, [judge]);

  const go = async (next: number) => {
    batch(() => {
      at.value = next;
      failure.value = '';
    });
    if (byAutograd.value) return;
    try {
      const source = sourceOf('names', lists);
      numbers.value = await judge.look(source);
      byAutograd.value = await judge.autograd(source);
    } catch (error) {
      failure.value = `${(error as Error).message} Press a button to try again.`;
    }
  };
  const step = STEPS[at.value]!;

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
            onChoose={(name) => go(NAMES.indexOf(name))}
          />
        </div>
        <StepPanel
          step={step}
          look={numbers.value?.[step.name]}
          byAutograd={byAutograd.value?.[step.name]}
          formula={formulas[`d${step.name}`]!}
        />
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
      <Refusals refusals={refusals.value} />
      <CopyLink what="step" address={() => writeLink(location.href, ID, stepperTable, { tensor: step.name })} />
    </Widget>
  );
}
