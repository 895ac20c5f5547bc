import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

type Props = Omit<
  JSX.IntrinsicElements['input'],
  'value' | 'onInput' | 'onChange' | 'onBlur' | 'onKeyDown' | 'type'
> & {
  /** What stands while nobody is typing. */
  readonly text: string;
  /** Told every keystroke. */
  readonly onDraft?: (text: string) => void;
  /** Told what was typed when the field is left or Enter is pressed, also where it is what stood there before. */
  readonly onCommit?: (text: string) => void;
};

/** A text field that never changes under the fingers: what is typed stays as typed until the field is left. */
export function DraftInput({ text, onDraft, onCommit, ...rest }: Props) {
  const draft = useSignal<string | undefined>(undefined);
  const commit = () => {
    if (draft.value === undefined) return;
    onCommit?.(draft.value);
    draft.value = undefined;
  };
  return (
    <input
      {...rest}
      type="text"
      autocomplete="off"
      spellcheck={false}
      value={draft.value ?? text}
      onInput={(event) => {
        draft.value = event.currentTarget.value;
        onDraft?.(draft.value);
      }}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}
