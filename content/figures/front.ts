/** What trains in each post, as the front page lists it; the losses are those of makemore’s list. */
import deep from '../runs/deep-batchnorm-makemore.json' with { type: 'json' };
import manual from '../runs/manual-mlp-makemore.json' with { type: 'json' };
import mlp from '../runs/mlp-makemore.json' with { type: 'json' };
import tables from '../runs/mlp-makemore-tables.json' with { type: 'json' };
import tinyNetwork from '../runs/tiny-network.json' with { type: 'json' };
import wave from '../runs/wavenet-makemore.json' with { type: 'json' };

export interface Trained {
  /** What it is, as part of a sentence. */
  readonly model: string;
  readonly parameters: number;
  /** Mean loss of the dev split in nats; that of the first post is of another kind. */
  readonly dev?: number;
}

const [bigram] = tables.tables;
const ofRecord = (model: string, { parameters, final }: { parameters: number; final: { dev: number } }): Trained => ({
  model,
  parameters,
  dev: final.dev,
});

/** By the name of the post. */
export const trainedIn: Readonly<Record<string, Trained>> = {
  AutogradDeepDive: {
    model: 'a classifier of points, one number at a time',
    parameters: tinyNetwork.frame.parameters.length,
  },
  BigramLM: { model: 'a table of letter pairs', parameters: bigram!.possible ** 2, dev: bigram!.dev },
  MLPLanguageModel: ofRecord('one hidden layer on three letters', mlp),
  BatchNorm: ofRecord('five hidden layers, normalized', deep),
  ManualBackProp: ofRecord('one hidden layer, without autograd', manual),
  WaveNet: ofRecord('a tree over eight letters', wave),
};
export const words = tables.words;
