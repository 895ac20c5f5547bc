import { useSignal } from '@preact/signals';

/** What the link of a run leaves out whose settings were changed while it was under way. */
export const CHANGES_ARE_MISSING = 'It replays these settings from the start, without the changes on the way.';

interface Props {
  /** What the link brings back. */
  readonly what?: string;
  /** The address that replays what is on screen. */
  readonly address: () => string;
  /** What the link cannot bring back, if anything. */
  readonly except?: string | undefined;
}

/** Copies a link to exactly what is on screen; where the clipboard is out of reach, it shows the link to be copied by hand. */
export function CopyLink({ what = 'run', address, except = '' }: Props) {
  const byHand = useSignal(false);
  const note = useSignal('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address());
      note.value = `Copied. ${except}`;
      byHand.value = false;
    } catch {
      note.value = 'The clipboard is out of reach here; copy the link from this field:';
      byHand.value = true;
    }
  };
  return (
    <div class="copy-link needs-script">
      <button type="button" class="quiet" onClick={copy}>
        Copy a link to this {what}
      </button>
      <span role="status">{note}</span>
      {byHand.value && (
        <input
          aria-label={`Link to this ${what}`}
          readOnly
          value={address()}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
    </div>
  );
}
