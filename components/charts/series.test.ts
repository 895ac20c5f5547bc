import fc from 'fast-check';
import { h } from 'preact';
import { render } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { LineChart } from './LineChart.tsx';
import { LossChart } from './LossChart.tsx';
import { lastX, type Series, valueAt } from './series.ts';

const series = (rest: Partial<Series> = {}): Series => ({ label: 'loss', values: [], tone: 'value', ...rest });
const aValue = fc.double({ min: -100, max: 100, noNaN: true });
const anIrregular = fc
  .uniqueArray(fc.nat(1000), { maxLength: 40, size: 'max' })
  .chain((places) => fc.tuple(fc.constant(places.toSorted((a, b) => a - b)), fc.array(aValue, exactly(places.length))));

function exactly(length: number): { minLength: number; maxLength: number } {
  return { minLength: length, maxLength: length };
}

describe('the value of a series', () => {
  test('at even places is the last one reached', () => {
    fc.assert(
      fc.property(fc.array(aValue, { minLength: 1 }), fc.integer({ min: 1, max: 200 }), (values, every) => {
        const one = series({ values, every });
        for (const [i, value] of values.entries()) {
          expect(valueAt(one, i * every)).toBe(value);
          expect(valueAt(one, (i + 1) * every - 0.5)).toBe(value);
        }
        expect(valueAt(one, -1)).toBeUndefined();
        expect(valueAt(one, values.length * every)).toBeUndefined();
      }),
    );
  });

  test('at a multiple of a fraction is that of the place itself', () => {
    const values = Array.from({ length: 50 }, (_, i) => i);
    for (const i of values) expect(valueAt(series({ values, every: 0.1 }), i * 0.1)).toBe(i);
    expect(0.3 / 0.1).toBeLessThan(3); // which is why
  });

  test('at uneven places is the last one reached, and none before the first or beyond the last', () => {
    fc.assert(
      fc.property(anIrregular, fc.integer({ min: -10, max: 1010 }), ([at, values], x) => {
        const reached = at.filter((place) => place <= x).length;
        const expected = x > (at.at(-1) ?? -1) ? undefined : values[reached - 1];
        expect(valueAt(series({ at, values }), x)).toBe(expected);
      }),
    );
  });

  test('has as its last place that of the last value, also where there are more places', () => {
    expect(lastX(series({ values: [1, 2, 3] }))).toBe(2);
    expect(lastX(series({ values: [1, 2, 3], every: 50 }))).toBe(100);
    expect(lastX(series({ values: [1, 2], at: [0, 20, 40] }))).toBe(20);
    expect([lastX(series()), lastX(series({ at: [5, 6] }))]).toEqual([0, 0]);
    expect(valueAt(series({ values: [1, 2], at: [0, 20, 40] }), 21)).toBeUndefined();
    expect([valueAt(series(), 0), valueAt(series({ at: [0] }), 0)]).toEqual([undefined, undefined]);
  });
});

type ChartProps = Parameters<typeof LineChart>[0];
const chart = (rest: Partial<ChartProps>): string =>
  render(h(LineChart, { title: 'Loss', xLabel: 'steps', xMax: 100, series: [], ...rest }));

type Point = readonly [x: number, y: number];
/** The lines of each path: the points of a path, apart where it is broken. */
const pathsOf = (html: string): Point[][][] =>
  Array.from(html.matchAll(/<path class="line[^>]*? d(?:="([^"]*)")?>/g), ([, d = '']) =>
    d
      .split(/(?=M)/)
      .filter((part) => part !== '')
      .map(pointsOf),
  );

/** Where a line begins is told by its place, each further point by how far it is from the last. */
function pointsOf(line: string): Point[] {
  let [x, y] = [0, 0];
  return Array.from(line.matchAll(/[Ml](NaN|-?[\d.]+),?(NaN|-?[\d.]+)/g), ([, across, down]): Point => {
    x += Number(across);
    y += Number(down);
    return [x, y];
  });
}

/** Where the plot lies in the drawing: its left and right ends, and the height of each tick. */
function frameOf(html: string): { left: number; right: number; heights: Map<number, number> } {
  const [, left, right] = /class="grid" x1="([\d.]+)" x2="([\d.]+)"/.exec(html)!;
  const ticks = html.matchAll(/translate\(0 ([-\d.]+)\)"><line[^>]*><\/line><text[^>]*>([^<]*)</g);
  const heights = new Map(Array.from(ticks, ([, y, text]) => [Number(text!.replace('−', '-')), Number(y)]));
  return { left: Number(left), right: Number(right), heights };
}

/** To a tenth of a pixel, as paths are written. */
const near = (place: number) => expect.closeTo(Math.round(10 * place) / 10, 1);
const close = (points: readonly Point[]) => points.map(([x, y]) => [near(x), near(y)]);

describe('a line', () => {
  test('of an irregular series has its points where they belong', () => {
    const html = chart({ series: [series({ at: [0, 20, 100], values: [0, 10, 5] })], yDomain: [0, 10] });
    const { left, right, heights } = frameOf(html);
    const [bottom, top] = [heights.get(0)!, heights.get(10)!];
    expect(top).toBeLessThan(bottom);
    const middle = (top + bottom) / 2;
    const expected: Point[] = [
      [left, bottom],
      [left + (right - left) / 5, top],
      [right, middle],
    ];
    expect(pathsOf(html)).toEqual([[close(expected)]]);
  });

  test('on a logarithmic x axis has a decade as wide as another', () => {
    const at = [0.001, 0.01, 0.1, 1];
    const rest = { xMin: 0.001, xMax: 1, xScale: 'log', yDomain: [0, 10] } as const;
    const html = chart({ series: [series({ at, values: [10, 10, 0, 0] })], ...rest });
    const { left, right, heights } = frameOf(html);
    const third = (right - left) / 3;
    const [low, high] = [heights.get(0)!, heights.get(10)!];
    const expected: Point[] = [
      [left, high],
      [left + third, high],
      [left + 2 * third, low],
      [right, low],
    ];
    expect(pathsOf(html)).toEqual([[close(expected)]]);
  });

  test('goes as far as its steps, where the axis ends later or with it', () => {
    const html = chart({ series: [series({ values: [1, 2, 3], every: 25 })] });
    const { left, right } = frameOf(html);
    const places = (drawn: string) => pathsOf(drawn)[0]![0]!.map(([x]) => x);
    expect(places(html)).toEqual([0, 0.25, 0.5].map((share) => near(left + share * (right - left))));
    const longer = chart({ series: [series({ values: [1, 2, 3], every: 100 })] });
    expect(places(longer)).toEqual([0, 0.5, 1].map((share) => near(left + share * (right - left))));
  });

  test('breaks at what is no finite number', () => {
    const values = [1, 2, Number.POSITIVE_INFINITY, 3, 4, Number.NaN];
    const [lines] = pathsOf(chart({ series: [series({ values })] }));
    expect(lines!.map((line) => line.length)).toEqual([2, 2]);
  });
});

/** Every place in the drawing is a number; what is written may be infinite. */
function expectPlaces(html: string): void {
  expect(html).not.toMatch(/NaN|undefined/);
  expect(html).not.toMatch(/ (x|y|x1|x2|y1|y2|d|transform|viewBox)="[^"]*Infinity/);
}

describe('no picture has a place that is no number', () => {
  const log = { xMin: 0.001, xMax: 1, xScale: 'log' } as const;
  const cases: Record<string, Partial<ChartProps>> = {
    'no series': {},
    'an empty series': { series: [series()] },
    'an empty irregular series': { series: [series({ at: [] })] },
    'an empty series with places to come': { series: [series({ at: [0.001, 0.01] })], ...log },
    'an empty series on logarithmic axes': { series: [series({ at: [] })], scale: 'log', ...log },
    'one point': { series: [series({ values: [3] })] },
    'one point at 0': { series: [series({ values: [0] })] },
    'one irregular point': { series: [series({ at: [7], values: [3] })], marker: 7 },
    'one point on logarithmic axes': { series: [series({ at: [0.001], values: [3] })], scale: 'log', ...log },
    'one point below 0': { series: [series({ values: [-3] })] },
    'infinite values': { series: [series({ values: [1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2] })] },
    'only infinite values': { series: [series({ values: [Number.POSITIVE_INFINITY] })], scale: 'log' },
    'a zero on a logarithmic axis': { series: [series({ values: [1, 0, 2] })], scale: 'log' },
    'no steps': { series: [series({ values: [1] })], xMax: 0 },
    'one place for all': { series: [series({ at: [1], values: [2] })], ...log, xMin: 1 },
    'one height for all': { series: [series({ values: [2, 2] })], yDomain: [2, 2] },
  };

  test.for(Object.entries(cases))('with %s', ([, props]) => {
    const html = chart(props);
    expectPlaces(html);
  });

  test('and no row of a logarithmic axis is at 0', () => {
    const html = chart({ series: [series({ at: [] })], ...log });
    expect(html).not.toContain('<th scope="row">0</th>');
  });

  test('and no two ticks say the same', () => {
    const html = chart({ series: [series({ values: [1] })], xMax: 0 });
    const ticks = Array.from(
      html.matchAll(/<text class="tick" x="[\d.]+" y="[\d.]+"[^>]*>([^<]*)</g),
      ([, text]) => text,
    );
    expect(ticks.length).toBe(new Set(ticks).size);
  });
});

describe('the chart of losses', () => {
  const levels = [
    { label: 'bigram', y: 2.454 },
    { label: 'uniform', y: 3.296 },
  ];
  const start = {
    curve: { every: 1, values: [27.9, 24, 16.7, 7.9, 4, 2.5, 2.4] },
    dev: { steps: [0, 6], losses: [27.7, 2.4] },
  };
  const draw = (rest: Partial<Parameters<typeof LossChart>[0]>) =>
    render(h(LossChart, { runs: [start], baselines: levels, steps: 6, ...rest }));

  test('cuts a start at 27.9 off, so that what follows has the room', () => {
    const html = draw({});
    const { heights } = frameOf(html);
    expect(Math.max(...heights.keys())).toBeLessThanOrEqual(4);
    const [minibatch, dev] = pathsOf(html).map(([line]) => line!.map(([, y]) => y));
    const top = Math.min(...minibatch!);
    expect(minibatch!.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => top));
    expect(dev![0]).toBe(top);
    expect(minibatch![5]).toBeGreaterThan(top + 50);
    expect(html).toContain('minibatch: 27.900 at 0 steps');
  });

  test('shows a start that is not far off', () => {
    const near = { curve: { every: 1, values: [3.3, 2.9, 2.4] }, dev: { steps: [0], losses: [3.31] } };
    const [line] = pathsOf(draw({ runs: [near] }))[0]!;
    expect(new Set(line!.map(([, y]) => y)).size).toBe(3);
    expect(line!.map(([, y]) => y)).toEqual(line!.map(([, y]) => y).toSorted((a, b) => a - b));
  });

  test('has the dev losses at their own steps', () => {
    const html = draw({});
    const { left, right } = frameOf(html);
    const dev = pathsOf(html)[1]![0]!;
    expect(dev.map(([x]) => x)).toEqual([near(left), near(right)]);
  });

  test.for([
    ['of no run', []],
    ['of an empty run', [{ curve: { every: 1, values: [] }, dev: { steps: [], losses: [] } }]],
    ['of one step', [{ curve: { every: 1, values: [3.3] }, dev: { steps: [0], losses: [3.3] } }]],
    ['of infinite losses', [{ curve: { every: 1, values: [3, Number.POSITIVE_INFINITY] }, dev: start.dev }]],
  ] as const)('%s has no place that is no number', ([, runs]) => {
    for (const baselines of [levels, []]) expectPlaces(draw({ runs, baselines }));
  });

  test('draws a run that ran off as far as it went', () => {
    const ranOff = { curve: { every: 1, values: [3.3, 2.5, Number.NaN] }, dev: { steps: [0], losses: [3.3] } };
    const [minibatch] = pathsOf(draw({ runs: [ranOff] }));
    expect(minibatch!.map((line) => line.length)).toEqual([2]);
    expect(minibatch![0]![1]![1]).toBeGreaterThan(minibatch![0]![0]![1]);
  });

  test('draws a run without a dev split', () => {
    const [bigram, uniform] = levels;
    const html = draw({ baselines: [{ ...bigram!, y: Number.NaN }, uniform!] });
    expect(pathsOf(html)[0]![0]!.every(([, y]) => Number.isFinite(y))).toBe(true);
  });

  test('has its largest tick on top', () => {
    const high = { curve: { every: 1, values: [27.9, 26] }, dev: { steps: [], losses: [] } };
    const ticks = [...frameOf(draw({ runs: [high], baselines: [] })).heights].toSorted(([a], [b]) => a - b);
    const heights = ticks.map(([, y]) => y);
    expect(heights).toEqual(heights.toSorted((a, b) => b - a));
  });
});
