import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { lastX, type Series, valueAt } from './series.ts';

interface Props {
  readonly series: readonly Series[];
  readonly xLabel: string;
  readonly format: (y: number) => string;
  /** The x of each row. */
  readonly places: readonly number[];
  readonly formatX: (x: number) => string;
}

/** The numbers behind a chart, for reading or hearing. While it is closed, it is not kept up to date. */
export function NumberTable(props: Props) {
  const isOpen = useSignal(false);
  const table = useRef<VNode | undefined>(undefined);
  if (isOpen.value || !table.current) table.current = <Rows {...props} />;
  return (
    <details
      class="numbers"
      onToggle={(event) => {
        isOpen.value = event.currentTarget.open;
      }}
    >
      <summary>Numbers</summary>
      {table.current}
    </details>
  );
}

function Rows({ series, xLabel, format, places, formatX }: Props) {
  const cell = (one: Series, place: number) => {
    const value = valueAt(one, Math.min(place, lastX(one)));
    return value === undefined || place > lastX(one) + (one.every ?? 1) ? '' : format(value);
  };
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{xLabel}</th>
          {series.map(({ label }) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {places.map((place) => (
          <tr key={place}>
            <th scope="row">{formatX(place)}</th>
            {series.map((one) => (
              <td key={one.label}>{cell(one, place)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
