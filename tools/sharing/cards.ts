/** Which part of which figure stands for a page where it is shared. */
import { FRONT } from '../../src/sharing/images.ts';

export interface Card {
  readonly page: string;
  readonly figure: string;
  /** The parts of the figure that are shown, large; the rest is left out. */
  readonly parts: string;
  /** What of the figure is not on the card, and says in words what is. */
  readonly told?: string | undefined;
}

const post = (id: string, figure: string, parts: string, told?: string): readonly [string, Card] => [
  id,
  { page: `/blog/${id}.html`, figure, parts, told },
];

export const CARDS: Readonly<Record<string, Card>> = Object.fromEntries([
  [FRONT, { page: '/blog/AutogradDeepDive.html', figure: 'tiny-network', parts: '.surface' }],
  post('AutogradDeepDive', 'expression-graph', '.graph'),
  post('BigramLM', 'bigram-counts', '.heatmap svg'),
  post('MLPLanguageModel', 'embedding-map', '.point-map svg'),
  post('BatchNorm', 'initialization-lab', '.lab-title, .histogram.tone-value'),
  post('ManualBackProp', 'backprop-stepper', '.derivation-result, .step-line, .step-map + .step-map > :not(.help)'),
  post(
    'WaveNet',
    'receptive-field',
    '.tree-graph, .prediction > .bars',
    '.receptive-told, .prediction > p:first-child',
  ),
]);
