import { reachable } from '../charts/reachable.ts';
import type { Formulas } from './formulas.ts';
import './derivation.css';

const reachableFormula = (line: HTMLElement | null) => reachable(line?.querySelector('.katex-display') ?? null);

/** How the gradient of a tensor comes about, in symbols. Nothing where the formulas did not arrive. */
export function Derivation({ formulas }: { readonly formulas: Formulas | undefined }) {
  if (!formulas) return null;
  return (
    <div class="derivation">
      {formulas.derivation.map((line) => (
        <div key={line} ref={reachableFormula} dangerouslySetInnerHTML={{ __html: line }} />
      ))}
      <div
        key={formulas.result}
        ref={reachableFormula}
        class="derivation-result"
        dangerouslySetInnerHTML={{ __html: formulas.result }}
      />
    </div>
  );
}
