interface Props {
  readonly text: string;
  /** In UTF-16 units, `end` excluded. */
  readonly span: { readonly start: number; readonly end: number };
}

/** What a reader wrote, with the part marked that is spoken of. */
export function MarkedSpan({ text, span: { start, end } }: Props) {
  return (
    <p>
      <span class="visually-hidden">The place, at character {start + 1}: </span>
      <code>
        {text.slice(0, start)}
        {/* Where something is missing there is nothing to mark, so a blank takes its place. */}
        <mark>{text.slice(start, end) || '\u00a0'}</mark>
        {text.slice(end)}
      </code>
    </p>
  );
}
