/** The role of a line’s color; see src/styles/tokens.css. */
export type Tone = 'value' | 'gradient' | 'positive' | 'negative' | 'muted';
