import * as faults from '../faults.ts';

/** A part of the page, asked for late, that did not come; its message is a sentence for the reader. */
export class PartError extends Error {
  override readonly name = 'PartError';
}

/** A part of the page that is fetched when it is first needed: `fetchPart(import('./part.ts'))`. @throws PartError. */
export async function fetchPart<T>(part: Promise<T>): Promise<T> {
  try {
    return await part;
  } catch {
    throw new PartError(faults.partNotFetched); // What the browser says instead is the address of a file.
  }
}
