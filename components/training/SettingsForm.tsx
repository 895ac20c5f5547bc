import { useId } from 'preact/hooks';
import {
  type Field,
  formatField,
  type Refusal,
  type SettingsOf,
  type SettingsTable,
} from '../../src/training/settings.ts';
import { DraftInput } from './DraftInput.tsx';
import { Refusals } from './Refusals.tsx';

interface Props<T extends SettingsTable> {
  readonly table: T;
  readonly settings: SettingsOf<T>;
  readonly refusals: readonly Refusal[];
  readonly onChange: (raw: Record<string, string>) => void;
}

/** A settings table as a form. A value counts when its field is left or Enter is pressed; a refused one is named beneath. */
export function SettingsForm<T extends SettingsTable>({ table, settings, refusals, onChange }: Props<T>) {
  const strangers = refusals.filter(({ name }) => !Object.hasOwn(table, name) || table[name]!.hidden);
  return (
    <form class="settings needs-script" onSubmit={(event) => event.preventDefault()}>
      {Object.entries(table)
        .filter(([, field]) => !field.hidden)
        .map(([name, field]) => (
          <Control
            key={name}
            name={name}
            field={field}
            text={formatField(field, settings[name])}
            refusal={refusals.find((refusal) => refusal.name === name)?.sentence}
            onChange={onChange}
          />
        ))}
      <Refusals refusals={strangers} />
    </form>
  );
}

interface ControlProps {
  readonly name: string;
  readonly field: Field;
  readonly text: string;
  readonly refusal: string | undefined;
  readonly onChange: (raw: Record<string, string>) => void;
}

/** One setting as a form element, for a figure whose form is its own. */
export function Control({ name, field, text, refusal, onChange }: ControlProps) {
  const id = useId();
  const refusalId = `${id}-refusal`;
  const shared = {
    id,
    name,
    'aria-invalid': refusal ? true : undefined,
    'aria-describedby': refusal ? refusalId : undefined,
  };
  const commit = (value: string) => onChange({ [name]: value });
  return (
    <div class="setting">
      <label for={id}>
        {field.label}
        {field.help && <span class="help"> {field.help}</span>}
      </label>
      {field.kind === 'choice' ? (
        <select {...shared} value={text} onChange={(event) => commit(event.currentTarget.value)}>
          {Object.entries<string>(field.options).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      ) : (
        <DraftInput {...shared} inputMode={field.kind === 'text' ? 'text' : 'decimal'} text={text} onCommit={commit} />
      )}
      <p class="refusal" id={refusalId} role="alert" hidden={!refusal}>
        {refusal}
      </p>
    </div>
  );
}
