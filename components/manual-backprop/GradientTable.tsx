import { STEPS } from '../../src/backprop/steps.ts';
import { reachable } from '../charts/reachable.ts';
import { type Comparison, inDigits } from './stepper-model.ts';

/** All gradients in the order of the backward pass: how large they are, and how far those by hand are from those by autograd. */
export function GradientTable({ comparisonOf }: { readonly comparisonOf: (name: string) => Comparison }) {
  return (
    <details class="numbers">
      <summary>All {STEPS.length} gradients</summary>
      <div class="scrolls" ref={reachable}>
        <table>
          <thead>
            <tr>
              <th scope="col">gradient</th>
              <th scope="col">shape</th>
              <th scope="col">largest number</th>
              <th scope="col">largest difference to autograd</th>
            </tr>
          </thead>
          <tbody>
            {STEPS.map(({ name }) => {
              const { shape, largest, difference } = comparisonOf(name);
              return (
                <tr key={name}>
                  <th scope="row">
                    <code>d{name}</code>
                  </th>
                  <td>{shape.join(' × ')}</td>
                  <td>{inDigits(largest)}</td>
                  <td>{inDigits(difference)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </details>
  );
}
