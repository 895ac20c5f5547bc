import type { Look } from '../../src/training/initialization/lab.ts';
import { CellMap } from '../charts/CellMap.tsx';
import { reachable } from '../charts/reachable.ts';
import { LayerRows } from './LayerRows.tsx';
import { preciseNumber } from './short-number.ts';

interface Props {
  readonly title: string;
  /** Undefined where this half has nothing to show; `story` says why. */
  readonly look: Look | undefined;
  /** What is to be seen, in words. */
  readonly story: string;
  readonly batch: number;
  /** How many layers there are, or will be. */
  readonly depth: number;
  /** Which layer the map is of, counted from 0. */
  readonly mapped: number;
}

/** One of the two networks of the lab. */
export function LabHalf({ title, look, story, batch, depth, mapped }: Props) {
  return (
    <section class="lab-half" aria-label={title}>
      <p class="lab-title">
        {title} {look && <span class="lab-loss">loss {Number.isFinite(look.loss) ? look.loss.toFixed(4) : '∞'}</span>}
      </p>
      <p class="lab-story">{story}</p>
      <div class="lab-layers" style={{ '--layers': depth }}>
        {look && <LayerRows layers={look.layers} histograms={look.histograms} />}
      </div>
      {look && (
        <>
          <SaturationMap look={look} batch={batch} mapped={Math.min(mapped, look.layers.length - 1)} />
          <Numbers look={look} title={title} />
        </>
      )}
    </section>
  );
}

function SaturationMap({
  look,
  batch,
  mapped,
}: {
  readonly look: Look;
  readonly batch: number;
  readonly mapped: number;
}) {
  const { units, dead } = look.layers[mapped]!;
  const filled = look.saturated[mapped]!;
  const grouped = (n: number) => n.toLocaleString('en-US');
  const told = `${grouped(filled.length)} of ${grouped(batch * units)} outputs saturated, ${dead.length === 0 ? 'no unit' : `${dead.length} of ${units} units (red)`} dead`;
  return (
    <div class="saturation-map">
      <CellMap
        description={`Layer ${mapped + 1}, an example a row and a unit a column: ${told}.`}
        rows={batch}
        columns={units}
        filled={filled}
        marked={dead}
      />
      <p class="map-note">
        Layer {mapped + 1}, examples down, units across: {told}.
      </p>
    </div>
  );
}

/** The figures in full, to be compared with those of other programs. */
function Numbers({ look, title }: { readonly look: Look; readonly title: string }) {
  return (
    <details class="numbers lab-numbers">
      <summary aria-label={`Numbers: ${title}`}>Numbers</summary>
      <div class="scrolls" ref={reachable}>
        <table>
          <caption class="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">layer</th>
              <th scope="col">mean</th>
              <th scope="col">spread</th>
              <th scope="col">saturated</th>
              <th scope="col">gradient spread</th>
            </tr>
          </thead>
          <tbody>
            {look.layers.map(({ layer, values, gradient, saturation }, i) => (
              <tr key={layer}>
                <th scope="row">{i + 1}</th>
                <td>{preciseNumber(values.mean)}</td>
                <td>{preciseNumber(values.std)}</td>
                <td>{(100 * saturation).toFixed(3)}%</td>
                <td>{preciseNumber(gradient.std)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
