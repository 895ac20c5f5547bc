import { render } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { LineChart } from './LineChart.tsx';
import { Numbers } from './Numbers.tsx';

const table = { title: 'counts', columns: ['letter', 'count'], rows: () => [['a', '3']] };

test('a short table is in the page unopened, and a long one is not made', () => {
  const short = render(<Numbers {...table} short />);
  expect(short).toContain('<th scope="row">a</th><td>3</td>');
  expect(short).not.toContain('needs-script');
  const unasked = () => {
    throw new Error('made for nobody');
  };
  expect(render(<Numbers {...table} rows={unasked} />)).toContain('<details class="numbers needs-script">');
});

test('two baselines differ in their dashes, and each has those of its key', () => {
  const html = render(
    <LineChart
      title="Loss"
      series={[]}
      baselines={[
        { label: 'bigram', y: 2.5 },
        { label: 'uniform', y: 3.3 },
      ]}
      xLabel="steps"
      xMax={10}
    />,
  );
  const patterns = (part: string) =>
    Array.from(html.matchAll(new RegExp(`class="${part} tone-muted (\\w+)"`, 'g')), ([, pattern]) => pattern);
  expect(patterns('key')).toEqual(['dashed', 'dotted']);
  expect(patterns('line guide')).toEqual(patterns('key'));
});
