export const POSTS = [
  'AutogradDeepDive',
  'BigramLM',
  'MLPLanguageModel',
  'BatchNorm',
  'ManualBackProp',
  'WaveNet',
] as const;

/** Every page at its exact address. */
export const PAGES = ['/', '/blog.html', ...POSTS.map((post) => `/blog/${post}.html`), '/licenses.html', '/404.html'];

export const AUTOGRAD = '/blog/AutogradDeepDive.html';
export const BIGRAM = '/blog/BigramLM.html';
export const MLP = '/blog/MLPLanguageModel.html';
export const BATCHNORM = '/blog/BatchNorm.html';
export const MANUAL = '/blog/ManualBackProp.html';
export const WAVENET = '/blog/WaveNet.html';

/** The query that sets a widget: ?mlp-training.seed=7. */
export const settingsOf = (id: string, settings: Readonly<Record<string, string | number>>): URLSearchParams =>
  new URLSearchParams(Object.entries(settings).map(([name, value]) => [`${id}.${name}`, `${value}`]));

/** The makemore list, which is not part of the project. */
export const MAKEMORE_FILE = new URL('../../shared/data/names.txt', import.meta.url);
