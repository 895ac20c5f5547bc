import type { Formulas } from './formulas.ts';
import './derivation.css';

/** How the gradient of a tensor comes about, in symbols. Nothing where the formulas did not arrive. */
export function Derivation({ formulas }: { readonly formulas: Formulas | undefined }) {
  if (!formulas) return null;
  return (
    <div class="derivation">
      {formulas.derivation.map((line) => (
        <div key={line} dangerouslySetInnerHTML={{ __html: line }} />
      ))}
      <div class="derivation-result" dangerouslySetInnerHTML={{ __html: formulas.result }} />
    </div>
  );
}
