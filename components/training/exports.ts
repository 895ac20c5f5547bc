import { MAKEMORE } from '../../src/training/corpus.ts';
import { type LanguageModelSaved, SAMPLES } from '../../src/training/language-model/run.ts';
import type { CorpusName } from './corpus-source.ts';
import { download } from './download.ts';
import type { LanguageModelTable, LanguageModelView, NetworkOf, SettingsIn } from './language-model.ts';
import type { Export } from './TakeAlong.tsx';

interface Parts<T extends LanguageModelTable> {
  /** The widget, for the names of the files. */
  readonly id: string;
  readonly title: string;
  readonly view: LanguageModelView | undefined;
  readonly settings: SettingsIn<T>;
  readonly networkOf: NetworkOf<T>;
  /** The addresses of the lists that ship with the site. */
  readonly listAddress: (name: CorpusName) => string | undefined;
  readonly snapshot: () => Promise<LanguageModelSaved | undefined>;
  readonly drawing: () => SVGSVGElement | null | undefined;
}

const NO_RUN = 'There is no run yet. Press Play or Step first.';

/** What of a run can be taken along. What makes the files is fetched when one is asked for. */
export function exportsOf<T extends LanguageModelTable>(parts: Parts<T>): Export[] {
  const { id, title, view, settings, networkOf, listAddress, snapshot, drawing } = parts;
  const file = (ending: string) => `${id}-step-${view?.step ?? 0}.${ending}`;
  const network = () => networkOf(settings, view!.symbols.length);
  return [
    {
      label: 'Weights (safetensors)',
      missing: view && 'engine' in view ? undefined : NO_RUN,
      make: async () => {
        const saved = await snapshot();
        if (!saved) throw new Error(NO_RUN);
        const { toSafetensors } = await import('../../src/training/export/safetensors.ts');
        const about = { step: String(saved.step), seed: String(settings.seed), corpus: settings.corpus };
        const name = `${id}-step-${saved.step}.safetensors`;
        download(name, toSafetensors(network(), saved.state, about), 'application/octet-stream');
      },
    },
    {
      label: 'Curve (CSV)',
      missing: view ? undefined : NO_RUN,
      make: async () => {
        const { curveToCsv } = await import('../../src/training/export/curve-csv.ts');
        download(file('csv'), curveToCsv(view!.curve, view!.dev), 'text/csv');
      },
    },
    {
      label: 'Figure (SVG)',
      missing: view ? undefined : NO_RUN,
      make: async () => {
        const { svgFile } = await import('../charts/svg-file.ts');
        const svg = drawing();
        if (!svg) throw new Error('there is nothing drawn yet.');
        download(file('svg'), svgFile(svg, title), 'image/svg+xml');
      },
    },
    {
      label: 'PyTorch script',
      missing: view ? undefined : NO_RUN,
      make: async () => {
        const { toPyTorchScript } = await import('../../src/training/export/pytorch-script.ts');
        const { block, seed, batch, steps, corpus } = settings;
        const url = corpus === 'makemore' ? MAKEMORE.url : listAddress(corpus);
        const script = toPyTorchScript({
          network: network(),
          block,
          seed,
          batch,
          steps,
          rates: view!.schedule,
          corpus: { name: corpus, ...(url && { url }), symbols: view!.symbols },
          samples: SAMPLES,
        });
        download(`${id}.py`, script, 'text/x-python');
      },
    },
  ];
}
