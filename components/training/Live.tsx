import type { ComponentChildren } from 'preact';

interface Props {
  /** What is shown; it reads the signals that it shows. */
  readonly of: () => ComponentChildren;
}

/** A part of a figure that is drawn anew whenever a signal that it reads changes, and the figure around it is not. */
export const Live = ({ of }: Props) => <>{of()}</>;
