import * as faults from '../faults.ts';

/** Errors whose message is a sentence for the reader; others are a worker’s. */
const SENTENCES: readonly string[] = ['RunError', 'EngineError', 'PartError'];

/** An error as a sentence that tells what happened. */
export function inWords(error: unknown): string {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  return SENTENCES.includes(name) ? message : faults.workerStopped(message);
}
