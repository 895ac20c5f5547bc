import { describe, expect, test } from 'vitest';
import { hasMakemore } from '../../../tools/notebook.ts';
import { makemoreList, shippedList } from '../../../tools/word-lists.ts';
import { lossOf } from '../../backprop/passes.ts';
import { STEPS } from '../../backprop/steps.ts';
import { prepareData } from '../language-model/data.ts';
import { gradientsByAutograd } from './autograd.ts';
import { BLOCK, notebookCase } from './case.ts';

describe('the numbers of the exercise', () => {
  test('are those of a network that knows nothing, with lengths that tell each axis from the others', () => {
    const { forward, gradients } = notebookCase(prepareData(shippedList('names').words, BLOCK));
    expect(lossOf(forward)).toBeGreaterThan(3);
    expect(lossOf(forward)).toBeLessThan(4);
    for (const { name, shape } of STEPS) {
      const lengths = { n: 32, K: 27, T: 3, D: 10, TD: 30, H: 64, '1': 1 };
      expect(forward.get(name)!.shape, name).toEqual(shape.map((length) => lengths[length]));
      expect(gradients.get(name)!.shape, name).toEqual(forward.get(name)!.shape);
      expect(gradients.get(name)!.data.every(Number.isFinite), name).toBe(true);
    }
  });

  test('have the same gradients by hand and by autograd, but for rounding', async () => {
    const { forward, gradients } = notebookCase(prepareData(shippedList('names').words, BLOCK));
    const theirs = await gradientsByAutograd(forward);
    expect(Object.keys(theirs)).toHaveLength(26);
    for (const [name, { shape, data }] of gradients) {
      expect(theirs[name]!.shape, name).toEqual(shape);
      const difference = data.reduce((most, x, i) => Math.max(most, Math.abs(x - theirs[name]!.data[i]!)), 0);
      const largest = data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      expect(difference, name).toBeLessThan(1e-5 * Math.max(largest, 0.01));
    }
  });

  test.skipIf(!hasMakemore)('on the makemore list have PyTorch’s loss', async () => {
    const { words } = (await makemoreList())!;
    // n32_f32.loss of reference/fixtures/backprop_n32.json
    expect(lossOf(notebookCase(prepareData(words, BLOCK)).forward)).toBeCloseTo(3.5571470260620117, 5);
  });
});
