import type { LayerHealth, LayerHistograms } from '../../src/training/health.ts';
import { Histogram } from '../charts/Histogram.tsx';
import { shortNumber } from './short-number.ts';
import './layer-rows.css';

interface Props {
  readonly layers: readonly LayerHealth[];
  readonly histograms: readonly LayerHistograms[];
}

/** Where outputs of ±0.97 lie on an axis from -1 to 1. */
const TAILS = [0.015, 0.985];

/** The tanh layers of a network, one a row: a histogram of what leaves it, and one of the gradients by that. */
export function LayerRows({ layers, histograms }: Props) {
  const reach = histograms[0]?.gradient.high ?? 1;
  return (
    <div class="layer-rows">
      <p class="layer-head">
        <span class="key tone-value">activations</span> −1 to 1<br />
        spread, saturated
      </p>
      <p class="layer-head">
        <span class="key tone-gradient">gradients</span> ±{shortNumber(reach)}
        <br />
        spread
      </p>
      {layers.map(({ layer, values, gradient, saturation }, i) => {
        const { values: ofValues, gradient: ofGradient } = histograms[i]!;
        const flat = `${shortNumber(Math.round(1000 * saturation) / 10)}%`;
        return (
          <div key={layer} class="layer-row">
            <span class="layer-name">{i + 1}</span>
            <div>
              <Histogram
                description={`Activations of layer ${i + 1}: spread ${shortNumber(values.std)}, ${flat} saturated.`}
                counts={ofValues.counts}
                tone="value"
                marks={TAILS}
              />
              <p class="layer-note">
                {shortNumber(values.std)}, {flat}
              </p>
            </div>
            <div>
              <Histogram
                description={`Gradients by the activations of layer ${i + 1}: spread ${shortNumber(gradient.std)}.`}
                counts={ofGradient.counts}
                tone="gradient"
              />
              <p class="layer-note">{shortNumber(gradient.std)}</p>
            </div>
          </div>
        );
      })}
    </div>
  );
}
