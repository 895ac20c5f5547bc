/** What a page asks of the service worker: to keep these files. It answers, at the port that comes along, how many it could not have. */
export interface KeepMessage {
  readonly kind: 'keep';
  readonly urls: readonly string[];
}

/** What a waiting service worker is told when the reader wants the newer version. */
export const TAKE_OVER = { kind: 'take-over' } as const;
