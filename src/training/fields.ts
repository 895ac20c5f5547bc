import { ENGINE_LABELS } from '../engines/engine.ts';

/** The lists that a reader can choose from. */
export const corpusField = {
  kind: 'choice',
  label: 'Word list',
  options: {
    names: 'Names',
    makemore: 'makemore',
    dinosaurs: 'Dinosaurs',
    minerals: 'Minerals',
    own: 'Your own',
  },
  default: 'names',
} as const;

/** The seed of every makemore notebook. */
export const seedField = { kind: 'integer', label: 'Seed', min: 0, max: 4294967295, default: 2147483647 } as const;

/** What runs the network; the losses do not depend on it. */
export const engineField = {
  kind: 'choice',
  label: 'Engine',
  options: { auto: 'fastest here', ...ENGINE_LABELS },
  default: 'auto',
} as const;
