import type { ComponentChildren } from 'preact';

interface Props {
  readonly primary?: boolean;
  /** Nothing would happen now. The button says so and stays in the order of Tab: a disabled one would lose the focus. */
  readonly unavailable?: boolean;
  readonly onClick: (event: MouseEvent) => unknown;
  readonly children: ComponentChildren;
}

/** A button of a transport. */
export function RunButton({ primary = false, unavailable = false, onClick, children }: Props) {
  return (
    <button
      type="button"
      class={primary ? 'primary' : undefined}
      aria-disabled={unavailable || undefined}
      onClick={unavailable ? undefined : onClick}
    >
      {children}
    </button>
  );
}
