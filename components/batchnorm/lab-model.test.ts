import { describe, expect, test } from 'vitest';
import { InitializationLab } from '../../src/training/initialization/lab.ts';
import { BLOCK, type InitializationSettings, initializationTable } from '../../src/training/initialization/settings.ts';
import { prepareData } from '../../src/training/language-model/data.ts';
import { defaultsOf } from '../../src/training/settings.ts';
import { openNodeEngine } from '../../tools/node-engine.ts';
import { shippedList } from '../../tools/word-lists.ts';
import { describeLook } from './lab-model.ts';

const data = prepareData(shippedList('names').words, BLOCK);
const lab = new InitializationLab(async (_, network, state) => ({
  engine: await openNodeEngine(network, state),
  notes: [],
}));

async function stories(changed: Partial<InitializationSettings>): Promise<{ plain: string; normalized: string }> {
  const settings = { ...defaultsOf(initializationTable), ...changed };
  const { plain, normalized } = await lab.examineOn(data, settings);
  return { plain: describeLook(plain, false, settings), normalized: describeLook(normalized, true, settings) };
}

describe('what is to be seen is said', () => {
  test('at a gain of 1 the activations fade, and with BatchNorm they do not', async () => {
    const { plain, normalized } = await stories({ gain: 1 });
    expect(plain).toContain('The activations fade');
    expect(normalized).toContain('The activations keep their spread');
    expect(normalized).not.toContain('gain');
  });

  test('at 5/3 they hold, at 3 they crowd, and BatchNorm divides the gain out', async () => {
    expect((await stories({ gain: 5 / 3 })).plain).toContain('keep their spread');
    const { plain, normalized } = await stories({ gain: 3 });
    expect(plain).toContain('crowd at −1 and 1');
    expect(normalized).toContain('BatchNorm has divided it out again');
  });

  test('a gain of 0 leaves the bias, or the shift, to learn alone', async () => {
    const { plain, normalized } = await stories({ gain: 0 });
    expect(plain).toContain('only its bias would ever learn');
    expect(normalized).toContain('no spread to divide by');
  });

  test('a gain of a million saturates every unit, and BatchNorm does not mind', async () => {
    const { plain, normalized } = await stories({ gain: 1e6 });
    expect(plain).toContain('tanh answers −1 or 1: 100% of the outputs are saturated');
    expect(normalized).toContain('keep their spread');
  });

  test('a tiny gain is as small as what is added to the variance', async () => {
    expect((await stories({ gain: 0.002 })).normalized).toContain('no longer small beside it');
  });

  test('a single example has no spread', async () => {
    const { plain, normalized } = await stories({ batch: 1 });
    expect(plain).toContain('spread');
    expect(normalized).toContain('n − 1 = 0');
  });

  test('a single layer is not compared with itself', async () => {
    expect((await stories({ depth: 1 })).plain).toMatch(
      /^The activations have a spread of [\d.]+, and [\d.]+% of the outputs are saturated\.$/,
    );
  });
});
