import { expect, test } from 'vitest';
import { curveToCsv } from './curve-csv.ts';

test('rows are in the order of steps, and one step has one row', () => {
  const curve = { every: 10, values: Float32Array.of(3.3, 2.5, 2.25) };
  const dev = { steps: [25, 0, 20], losses: [2.1, 3.5, 2.2] };
  expect(curveToCsv(curve, dev)).toBe(
    'step,minibatch_loss,dev_loss\n' + '0,3.3,3.5\n' + '10,2.5,\n' + '20,2.25,2.2\n' + '25,,2.1\n',
  );
});

test('numbers read back in single precision', () => {
  const values = Float32Array.of(1 / 3, 3.3179006576538086, 1e-8, 16777217, Number.NaN, Number.POSITIVE_INFINITY);
  const [, ...lines] = curveToCsv({ every: 1, values }, { steps: [], losses: [] }).trim().split('\n');
  const cells = lines.map((line) => line.split(',')[1]!);
  expect(Float32Array.from(cells, Number)).toEqual(values);
  expect(cells[1]).toBe('3.3179007');
});

test('a run without a step has the header alone', () => {
  expect(curveToCsv({ every: 1, values: [] }, { steps: [], losses: [] })).toBe('step,minibatch_loss,dev_loss\n');
});
