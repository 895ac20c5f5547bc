import { describe, expect, test } from 'vitest';
import { deadUnits, gradientToData, saturation, spread, updateToData } from './statistics.ts';

describe('spread', () => {
  test('is torch’s mean and std', () => {
    // torch.tensor([1, 2, 4, 8.]).mean(), .std()
    const { mean, std } = spread([1, 2, 4, 8]);
    expect(mean).toBe(3.75);
    expect(std).toBeCloseTo(3.095695936834452, 14);
  });

  test('of one number, or of none, there is none', () => {
    expect(spread([5])).toEqual({ mean: 5, std: Number.NaN });
    expect(spread([]).std).toBeNaN();
  });
});

test('saturation counts both tails, and what is no number in neither', () => {
  expect(saturation([0.98, -0.98, 0.97, 0, Number.NaN])).toBeCloseTo(2 / 5, 15);
});

test('a unit is dead when no row of it is outside the tails', () => {
  const outputs = [1, 0.99, 0.5, -1, 0.98, 1, 1, 0.96, -1];
  expect(deadUnits(outputs, 3)).toEqual([0]);
  expect(deadUnits([1, Number.NaN], 2)).toEqual([0]);
  expect(deadUnits([], 2)).toEqual([]);
});

test('an update is its rate times the gradient', () => {
  const gradient = spread([0.1, -0.1, 0.2]);
  const weight = spread([1, -1, 2]);
  expect(gradientToData(gradient, weight)).toBeCloseTo(0.1, 14);
  expect(updateToData(gradient, weight, 0.1)).toBeCloseTo(-2, 14);
});
