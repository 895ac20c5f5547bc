import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { reachable } from './reachable.ts';

interface Props {
  /** What the numbers are of. */
  readonly title: string;
  readonly columns: readonly string[];
  /** Each begins with its own name. */
  readonly rows: () => readonly (readonly string[])[];
  /** A short table is in the page from the start, for readers without scripts; a long one is made when it is opened. */
  readonly short?: boolean;
}

/** The numbers behind a drawing, for reading or hearing. While they are closed, they are not kept up to date. */
export function Numbers({ title, columns, rows, short = false }: Props) {
  const isOpen = useSignal(false);
  const table = useRef<VNode | undefined>(undefined);
  if (isOpen.value || (short && !table.current)) table.current = <Table {...{ title, columns, rows }} />;
  return (
    <details
      class={short ? 'numbers' : 'numbers needs-script'}
      onToggle={(event) => {
        isOpen.value = event.currentTarget.open;
      }}
    >
      <summary aria-label={`Numbers: ${title}`}>Numbers</summary>
      <div class="scrolls" ref={reachable}>
        {table.current}
      </div>
    </details>
  );
}

const Table = ({ title, columns, rows }: Props) => (
  <table aria-label={title}>
    <thead>
      <tr>
        {columns.map((column, i) => (
          <th key={i} scope="col">
            {column}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows().map(([name, ...values], i) => (
        <tr key={i}>
          <th scope="row">{name}</th>
          {values.map((value, k) => (
            <td key={k}>{value}</td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);
