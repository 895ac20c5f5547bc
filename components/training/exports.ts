import * as faults from '../../src/faults.ts';
import { MAKEMORE } from '../../src/training/corpus.ts';
import { fetchPart } from '../../src/training/fetch-part.ts';
import { SAMPLES } from '../../src/training/language-model/settings.ts';
import { RunError } from '../../src/training/run.ts';
import type { CorpusName } from './corpus-source.ts';
import { download } from './download.ts';
import type { LanguageModelTable, LanguageModelView, NetworkOf, SettingsIn } from './language-model.ts';
import type { ModelAtHand } from './model-at-hand.ts';
import type { Export } from './TakeAlong.tsx';

interface Parts<T extends LanguageModelTable> {
  /** The widget, for the names of the files. */
  readonly id: string;
  readonly title: string;
  /** What is on screen when a button is pressed. */
  readonly view: () => LanguageModelView | undefined;
  readonly settings: SettingsIn<T>;
  readonly networkOf: NetworkOf<T>;
  /** The address of a list that ships with the site. */
  readonly listAddress: (name: CorpusName) => string | undefined;
  readonly model: () => Promise<ModelAtHand>;
  readonly drawing: () => SVGSVGElement | null | undefined;
}

/** What of a run can be taken along. What makes the files is fetched when one is asked for. */
export function exportsOf<T extends LanguageModelTable>(parts: Parts<T>): Export[] {
  const { id, title, settings, networkOf, listAddress, model, drawing } = parts;
  const view = () => {
    const shown = parts.view();
    if (!shown) throw new RunError(faults.nothingYet);
    return shown;
  };
  const save = (step: number, ending: string, content: string | Uint8Array, type: string) =>
    download(`${id}-step-${step}.${ending}`, content, type);

  const weights = async () => {
    const { network, state, step } = await model();
    if (!state.parameters.every((values) => values.every(Number.isFinite))) throw new RunError(faults.weightsRanOff);
    const { toSafetensors } = await fetchPart(import('../../src/training/export/safetensors.ts'));
    const about = { step: String(step), seed: String(settings.seed), corpus: settings.corpus };
    const bytes = toSafetensors(network, state, about);
    save(step, 'safetensors', bytes, 'application/octet-stream');
  };

  const curve = async () => {
    const { step, curve, dev } = view();
    const { curveToCsv } = await fetchPart(import('../../src/training/export/curve-csv.ts'));
    save(step, 'csv', curveToCsv(curve, dev), 'text/csv');
  };

  const figure = async () => {
    const { step } = view();
    const { svgFile } = await fetchPart(import('../charts/svg-file.ts'));
    save(step, 'svg', svgFile(drawing()!, title), 'image/svg+xml');
  };

  const script = async () => {
    const { step, symbols, schedule } = view();
    const { toPyTorchScript } = await fetchPart(import('../../src/training/export/pytorch-script.ts'));
    const { block, seed, batch, steps, corpus } = settings;
    const url = corpus === 'makemore' ? MAKEMORE.url : listAddress(corpus);
    const program = toPyTorchScript({
      network: networkOf(settings, symbols.length),
      block,
      seed,
      batch,
      steps,
      rates: schedule,
      corpus: { name: corpus, ...(url && { url }), symbols },
      samples: SAMPLES,
    });
    save(step, 'py', program, 'text/x-python');
  };

  return [
    { label: 'Weights (safetensors)', make: weights },
    { label: 'Curve (CSV)', make: curve },
    { label: 'Figure (SVG)', make: figure },
    { label: 'PyTorch script', make: script },
  ];
}
