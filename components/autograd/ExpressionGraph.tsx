import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Program } from '../../src/autograd/expression/program.ts';
import { numberText } from '../../src/autograd/number-text.ts';
import * as faults from '../../src/faults.ts';
import { readLink, writeLink } from '../../src/training/link.ts';
import { parseSettings, type Refusal, type SettingsTable } from '../../src/training/settings.ts';
import { GraphView } from '../charts/GraphView.tsx';
import { Numbers } from '../charts/Numbers.tsx';
import { reachable } from '../charts/reachable.ts';
import { CopyLink } from '../training/CopyLink.tsx';
import { Refusals } from '../training/Refusals.tsx';
import { Widget } from '../training/Widget.tsx';
import { BackwardControls } from './BackwardControls.tsx';
import { BackwardStep } from './BackwardStep.tsx';
import { ExpressionInput } from './ExpressionInput.tsx';
import { type Drawn, drawExpression, gradientsAfter } from './expression-model.ts';
import type { GraphLayout } from './graph-layout.ts';
import { LeafSliders } from './LeafSliders.tsx';
import { useExpression } from './use-expression.ts';
import { type Placed, useLayout } from './use-layout.ts';
import './expression-graph.css';

interface Props {
  readonly id?: string;
  readonly title?: string;
  readonly expression: string;
  readonly leaves: Readonly<Record<string, number>>;
  /** This expression, read when the page was built. */
  readonly program: Program;
  /** Where the nodes of this expression stand, worked out when the page was built. */
  readonly layout: GraphLayout;
  readonly caption: string;
}

const formatLeaves = (leaves: Iterable<readonly [string, number]>): string =>
  [...leaves].map(([name, value]) => `${name}:${value}`).join(',');

/** Reads `formatLeaves` back; what is no number is left out. */
const parseLeaves = (text: string): Map<string, number> =>
  new Map(
    text
      .split(',')
      .map((part) => part.split(':'))
      .filter(([name, value]) => name && value && Number.isFinite(Number(value)))
      .map(([name, value]) => [name!.trim(), Number(value)]),
  );

/** An expression that the reader types, as the graph that it builds: values, gradients, and the backward pass in steps. */
export function ExpressionGraph({ id = 'expression-graph', title, expression, leaves, caption, ...first }: Props) {
  const table = {
    expression: { kind: 'text', label: 'Expression', maxLength: 2000, default: expression },
    leaves: { kind: 'text', label: 'Leaves', maxLength: 4000, default: formatLeaves(Object.entries(leaves)) },
  } as const satisfies SettingsTable;

  const source = useSignal(expression);
  const values = useSignal<ReadonlyMap<string, number>>(new Map(Object.entries(leaves)));
  const { good, fault, failure } = useExpression(
    source,
    { source: expression, program: first.program },
    (program) => drawExpression(program, values.value),
    faults.lastGraphStays,
  );
  const placed = useLayout(good, first.layout);
  const { drawn } = placed;

  /** Backward steps made; undefined stands for all of them, however many the expression has. */
  const made = useSignal<number | undefined>(undefined);
  const playing = useSignal(false);
  const touched = useSignal(false);
  const count = Math.min(made.value ?? drawn.steps.length, drawn.steps.length);
  const step = gradientsAfter(drawn, count);

  const refused = useSignal<readonly Refusal[]>([]);
  useEffect(() => {
    const { settings, refusals } = parseSettings(table, readLink(id, location.search));
    refused.value = refusals;
    source.value = settings.expression;
    if (settings.leaves !== table.leaves.default) values.value = parseLeaves(settings.leaves);
  }, [id]);

  const moveTo = (next: number) => {
    touched.value = true;
    made.value = Math.max(0, Math.min(drawn.steps.length, next));
  };
  const shown = picture(placed, count, step?.node.value);
  const done = count === drawn.steps.length;
  const state = playing.value ? 'running' : !touched.value ? 'idle' : done ? 'done' : 'paused';

  return (
    <Widget id={id} title={title ?? 'An expression and its gradients'} state={state} step={count} caption={caption}>
      <ExpressionInput
        source={source.value}
        fault={fault}
        failure={failure ?? placed.failure}
        onInput={(text) => {
          source.value = text;
          made.value = undefined;
          playing.value = false;
        }}
      />
      <BackwardControls step={count} steps={drawn.steps.length} playing={playing} onMove={moveTo} />
      <div class="expression-graph">
        <BackwardStep drawn={drawn} step={step} />
        <div class="expression-graph-drawing" ref={reachable}>
          <GraphView {...shown} />
        </div>
        <LeafSliders
          leaves={drawn.leaves}
          wanted={values.value}
          onChange={(name, value) => {
            values.value = new Map([...drawn.leaves, ...values.value, [name, value]]);
          }}
        />
      </div>
      <Numbers
        title="the nodes of the graph"
        columns={['node', 'made by', 'value', 'gradient']}
        rows={() =>
          shown.nodes.map(({ kind, name, formula, value, gradient }) => [
            name,
            kind === 'operation' ? formula : kind === 'constant' ? 'a number' : 'an input',
            value,
            gradient === '' ? 'not reached' : gradient,
          ])
        }
      />
      <Refusals refusals={refused.value} />
      <CopyLink
        what="expression"
        address={() =>
          writeLink(location.href, id, table, { expression: source.value, leaves: formatLeaves(drawn.leaves) })
        }
      />
    </Widget>
  );
}

/** The graph at a moment of its backward pass: gradients that have not been reached yet are left out. */
function picture({ drawn, layout }: Placed, count: number, active: Drawn['end'] | undefined) {
  const { order, names, steps, end } = drawn;
  const reached = new Set([end, ...steps.slice(0, count).flatMap((value) => value.inputs)]);
  const local = active?.localDerivatives();
  return {
    width: layout.width,
    height: layout.height,
    nodes: order.map((value, i) => {
      const { kind, name, formula } = names.get(value)!;
      return {
        ...layout.nodes[i]!,
        kind,
        name,
        formula,
        value: numberText(value.data),
        gradient: reached.has(value) ? numberText(value.grad) : '',
        active: value === active,
      };
    }),
    edges: layout.edges.map(({ from, to, slot, path, middle }) => {
      const flows = order[to] === active && names.get(order[from]!)!.kind !== 'constant';
      return { path, middle, contribution: flows ? numberText(local![slot]! * active!.grad) : undefined };
    }),
  };
}
