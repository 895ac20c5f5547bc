import * as faults from '../../src/faults.ts';
import { fetchPart } from '../../src/training/fetch-part.ts';
import type { Model } from '../../src/training/language-model/draw.ts';
import type { LanguageModelSaved } from '../../src/training/language-model/run.ts';
import { RunError } from '../../src/training/run.ts';
import type { LanguageModelTable, LanguageModelView, NetworkOf, SettingsIn } from './language-model.ts';

interface Parts<T extends LanguageModelTable> {
  readonly settings: SettingsIn<T>;
  readonly networkOf: NetworkOf<T>;
  /** What is on screen. */
  readonly view: LanguageModelView | undefined;
  readonly snapshot: () => Promise<LanguageModelSaved | undefined>;
  /** The address of the recorded run’s weights. */
  readonly weights: string | undefined;
}

/** A model, and the step that it has reached. */
export type ModelAtHand = Model & { readonly step: number };

/**
 * The model that the figure shows: that of the reader’s run as it is now or, before there is one, the recorded one, whose
 * weights are fetched. @throws Error with a sentence where there is neither, or they cannot be fetched.
 */
export async function modelAtHand<T extends LanguageModelTable>(parts: Parts<T>): Promise<ModelAtHand> {
  const { settings, networkOf, view, snapshot, weights } = parts;
  const saved = await snapshot();
  if (!view || (!saved && !weights)) throw new RunError(faults.nothingYet);
  const network = networkOf(settings, view.symbols.length);
  const { symbols, step } = view;
  const { block, seed } = settings;
  const about = { network, symbols, block, seed };
  if (saved) return { ...about, state: saved.state, step: saved.step };
  const { fromSafetensors } = await fetchPart(import('../../src/training/export/safetensors.ts'));
  return { ...about, state: fromSafetensors(await download(weights!), network), step };
}

async function download(url: string): Promise<Uint8Array> {
  const response = await fetch(url).catch(() => undefined);
  if (!response?.ok) throw new RunError(faults.weightsNotFetched);
  return new Uint8Array(await response.arrayBuffer());
}
