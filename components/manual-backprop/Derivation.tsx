import type { Formulas } from './formulas.ts';
import './derivation.css';

/** The layout does the same for the formulas that the page came with: one that scrolls can be scrolled with the keyboard, too. */
const reachable = (line: HTMLElement | null) => {
  const formula = line?.querySelector('.katex-display');
  if (formula && formula.scrollWidth > formula.clientWidth) formula.setAttribute('tabindex', '0');
};

/** How the gradient of a tensor comes about, in symbols. Nothing where the formulas did not arrive. */
export function Derivation({ formulas }: { readonly formulas: Formulas | undefined }) {
  if (!formulas) return null;
  return (
    <div class="derivation">
      {formulas.derivation.map((line) => (
        <div key={line} ref={reachable} dangerouslySetInnerHTML={{ __html: line }} />
      ))}
      <div
        key={formulas.result}
        ref={reachable}
        class="derivation-result"
        dangerouslySetInnerHTML={{ __html: formulas.result }}
      />
    </div>
  );
}
