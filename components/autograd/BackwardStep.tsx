import { numberText } from '../../src/autograd/number-text.ts';
import type { Drawn, gradientsAfter } from './expression-model.ts';

interface Props {
  readonly drawn: Drawn;
  readonly step: ReturnType<typeof gradientsAfter>;
}

/** The chain rule of one step of the backward pass, in symbols and with the numbers on screen. */
export function BackwardStep({ drawn: { end, names }, step }: Props) {
  const result = names.get(end)!.name;
  if (!step) {
    return (
      <div class="backward-step">
        <p>
          The backward pass begins at the result: <b>{result}</b> changes exactly as fast as itself, so its gradient is{' '}
          <b class="gradient">1</b>.
        </p>
      </div>
    );
  }
  const { node, shares } = step;
  return (
    <div class="backward-step">
      <p>
        <b>
          {node.name} = {node.formula}
        </b>{' '}
        has gradient <b class="gradient">{numberText(node.value.grad)}</b> and passes on:
      </p>
      <ul>
        {shares.map(({ input, rule, local, arriving, contribution, total, more }, i) => (
          <li key={i}>
            to <b>{input}</b>: {/\s/.test(rule) ? `(${rule})` : rule} × {node.name}.grad
            <br />= <span class="value">{numberText(local)}</span> ×{' '}
            <span class="gradient">{numberText(arriving)}</span> = <b class="gradient">{numberText(contribution)}</b>
            {(more || total !== contribution) && (
              <>
                , {more ? 'so far' : 'in all'} <b class="gradient">{numberText(total)}</b>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
