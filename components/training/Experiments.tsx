import { defaultsOf, formatSettings, type SettingsOf, type SettingsTable } from '../../src/training/settings.ts';

/** Settings that belong together, as one press of a button. */
export interface Experiment<T extends SettingsTable> {
  readonly label: string;
  /** What differs from the defaults. */
  readonly changed: Partial<SettingsOf<T>>;
}

interface Props<T extends SettingsTable> {
  readonly experiments: readonly Experiment<T>[];
  readonly table: T;
  readonly settings: SettingsOf<T>;
  readonly change: (raw: Record<string, string>) => void;
}

/** What an experiment leaves as the reader has it. */
const KEPT: readonly string[] = ['corpus', 'engine', 'pace', 'seed'];

/** Experiments that a post speaks of. */
export function Experiments<T extends SettingsTable>({ experiments, table, settings, change }: Props<T>) {
  const now = formatSettings(table, settings);
  return (
    <div class="experiments needs-script" role="group" aria-label="Experiments">
      {experiments.map(({ label, changed }) => {
        const wanted = formatSettings(table, { ...defaultsOf(table), ...changed });
        const raw = Object.fromEntries(Object.entries(wanted).filter(([name]) => !KEPT.includes(name)));
        const isOn = Object.entries(raw).every(([name, value]) => now[name] === value);
        return (
          <button key={label} type="button" aria-pressed={isOn} onClick={() => change(raw)}>
            {label}
          </button>
        );
      })}
    </div>
  );
}
