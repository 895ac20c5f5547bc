import { createHash } from 'node:crypto';
import { MAKEMORE } from '../../src/training/corpus.ts';

export interface MakemoreOfBuild {
  /** Its address on the site. The hash lets browsers keep it for ever. */
  readonly address: string;
  readonly bytes: Uint8Array;
}

/**
 * The makemore list for a build that is to bring it along: `MAKEMORE=include npm run build`. Another address than the
 * public one can be given as `MAKEMORE_FROM`; what it holds must be the same list.
 *
 * @returns undefined where the list was not asked for.
 * @throws Error with a sentence where it cannot be fetched, or is another list.
 */
export async function makemoreOfBuild(
  environment: Readonly<Record<string, string | undefined>>,
  sha256: string = MAKEMORE.sha256,
): Promise<MakemoreOfBuild | undefined> {
  const { MAKEMORE: wish, MAKEMORE_FROM: from } = environment;
  if (!wish) return undefined;
  if (wish !== 'include') {
    throw new Error(`MAKEMORE is “${wish}”; it can be “include”, which brings the makemore list along, or not set.`);
  }
  const bytes = await fetchList(from || MAKEMORE.url);
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) {
    throw new Error(
      `What came from ${from || MAKEMORE.url} is not the makemore list: its SHA-256 is ${found}, not ${sha256}. Nothing was built.`,
    );
  }
  return { address: `/_astro/makemore.${sha256.slice(0, 8)}.txt`, bytes };
}

async function fetchList(url: string): Promise<Uint8Array> {
  const without = 'Nothing was built; without MAKEMORE=include the site is built without the list.';
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  } catch (error) {
    const { message, cause } = error as Error;
    throw new Error(
      `The makemore list could not be fetched from ${url}: ${cause instanceof Error && cause.message ? cause.message : message}. ${without}`,
    );
  }
  if (!response.ok) {
    throw new Error(
      `The makemore list could not be fetched from ${url}: the server answered ${response.status}. ${without}`,
    );
  }
  return new Uint8Array(await response.arrayBuffer());
}
