import type { Engine } from '../../engines/engine.ts';
import { TorchGenerator } from '../../random/torch-generator.ts';

/** The notebooks sample with another generator than they train with, seeded this much higher. */
const SEED_OFFSET = 10;
/** An untrained model may never draw the end. */
const LONGEST = 30;

/**
 * Draws words from a model, symbol by symbol: softmax of the logits, `torch.multinomial`, and the context moves on.
 * @returns words without the mark of their end.
 */
export async function sampleWords(
  engine: Engine,
  symbols: readonly string[],
  block: number,
  seed: number,
  count: number,
): Promise<string[]> {
  const generator = new TorchGenerator(seed + SEED_OFFSET);
  const words: string[] = [];
  for (let i = 0; i < count; i++) {
    const context = new Int32Array(block);
    let word = '';
    for (let length = 0; length < LONGEST; length++) {
      const probabilities = softmax(await engine.logits(context));
      const [next] = generator.multinomial(probabilities, 1);
      if (next === 0) break;
      word += symbols[next!]!;
      context.copyWithin(0, 1);
      context[block - 1] = next!;
    }
    words.push(word);
  }
  return words;
}

/** Of one row of logits. A model that ran off has no distribution; 0 for all of them ends the word. */
function softmax(logits: Float32Array): Float32Array {
  const largest = Math.max(...logits);
  const exponentials = logits.map((logit) => Math.exp(logit - largest));
  const total = exponentials.reduce((sum, one) => sum + one, 0);
  return Number.isFinite(total) ? exponentials.map((one) => one / total) : new Float32Array(logits.length);
}
