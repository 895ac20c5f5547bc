import type { Model } from '../../src/training/language-model/draw.ts';
import type { LanguageModelSaved } from '../../src/training/language-model/run.ts';
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

/**
 * The model that the figure shows: that of the reader’s run as it is now or, before there is one, the recorded one, whose
 * weights are fetched. @throws Error with a sentence where there is neither, or they cannot be fetched.
 */
export async function modelAtHand<T extends LanguageModelTable>(parts: Parts<T>): Promise<Model & { step: number }> {
  const { settings, networkOf, view, snapshot, weights } = parts;
  const saved = await snapshot();
  if (!view || (!saved && !weights)) throw new Error('There is no model yet. Press Play or Step first.');
  const network = networkOf(settings, view.symbols.length);
  const { symbols, step } = view;
  const { block, seed } = settings;
  const about = { network, symbols, block, seed };
  if (saved) return { ...about, state: saved.state, step: saved.step };
  const { fromSafetensors } = await import('../../src/training/export/safetensors.ts');
  return { ...about, state: fromSafetensors(await download(weights!), network), step };
}

async function download(url: string): Promise<Uint8Array> {
  const response = await fetch(url).catch(() => undefined);
  if (!response?.ok) throw new Error('The trained weights could not be downloaded. Press Draw others to try again.');
  return new Uint8Array(await response.arrayBuffer());
}
