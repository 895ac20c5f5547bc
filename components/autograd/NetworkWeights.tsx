import { useSignal } from '@preact/signals';
import type { TinyNetworkSaved } from '../../src/training/tiny-network/run.ts';
import { Numbers } from '../charts/Numbers.tsx';
import { WeightMatrix } from '../charts/WeightMatrix.tsx';

interface Props {
  readonly widths: readonly number[];
  readonly frame: TinyNetworkSaved | undefined;
}

const INPUTS = 2;
/** The size of a weight that is drawn at full strength. */
const FULL = 2;

/** The weights of each layer: a row for every neuron, a column for every input, the bias last. */
export function NetworkWeights({ widths, frame }: Props) {
  const pointed = useSignal<{ layer: number; index: number } | undefined>(undefined);
  const layers = shapes([INPUTS, ...widths, 1]);
  const total = layers.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
  const parameters = frame && frame.parameters.length === total ? frame.parameters : new Float64Array(total);

  const widest = Math.max(...layers.map(({ columns }) => columns - 1));
  const titleOf = (layer: number) => (layer === layers.length - 1 ? 'Output' : `Layer ${layer + 1}`);

  const at = pointed.value && layers[pointed.value.layer];
  const index = at && at.start + pointed.value!.index;
  return (
    <div class="network-weights">
      <p class="network-weights-title">
        <b>{total} parameters</b>{' '}
        <span aria-hidden="true">
          {at && index !== undefined && frame
            ? `${nameOf(at.columns, pointed.value!.index)} = ${parameters[index]!.toFixed(3)}, gradient ${frame.gradients[index]!.toFixed(4)}`
            : 'one cell each; a row is a neuron, its last cell the bias'}
        </span>
      </p>
      <div class="network-weights-layers">
        {layers.map(({ rows, columns, start }, layer) => (
          <WeightMatrix
            key={layer}
            title={titleOf(layer)}
            rows={rows}
            columns={columns}
            values={Array.prototype.slice.call(parameters, start, start + rows * columns)}
            limit={FULL}
            name={(row, column) => nameOf(columns, row * columns + column)}
            onPoint={(i) => {
              pointed.value = i === undefined ? undefined : { layer, index: i };
            }}
          />
        ))}
      </div>
      <Numbers
        title="the weights"
        columns={['neuron', 'bias', ...Array.from({ length: widest }, (_, i) => `weight ${i + 1}`)]}
        rows={() =>
          layers.flatMap(({ rows, columns, start }, layer) =>
            Array.from({ length: rows }, (_, row) => {
              const all = Array.from({ length: columns }, (_, column) =>
                parameters[start + row * columns + column]!.toFixed(3).replace('-', '−'),
              );
              return [`${titleOf(layer)}, ${row + 1}`, all.pop()!, ...all];
            }),
          )
        }
      />
    </div>
  );
}

function shapes(sizes: readonly number[]) {
  let start = 0;
  return sizes.slice(1).map((rows, i) => {
    const columns = sizes[i]! + 1;
    const shape = { rows, columns, start };
    start += rows * columns;
    return shape;
  });
}

function nameOf(columns: number, index: number): string {
  const [row, column] = [Math.floor(index / columns), index % columns];
  return column === columns - 1 ? `bias of neuron ${row + 1}` : `neuron ${row + 1}, weight ${column + 1}`;
}
