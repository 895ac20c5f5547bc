import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import { expect, test } from 'vitest';
import { bibtex, type Cited } from './bibtex.ts';

const POST: Cited = {
  id: 'WaveNet',
  title: 'WaveNet',
  author: 'Om Agrawal',
  blog: 'Om’s Blog',
  published: new Date('2026-11-23'),
  url: 'https://omagrawal.tech/blog/WaveNet.html',
};

/** The entry as Citation.js reads it. */
const read = (post: Cited) => new Cite(bibtex(post)).data as Record<string, unknown>[];

test('a bibliography program reads author, title, day and exact address', () => {
  expect(read(POST)).toMatchObject([
    {
      'citation-key': 'agrawal2026wavenet',
      title: 'WaveNet',
      author: [{ family: 'Agrawal', given: 'Om' }],
      issued: { 'date-parts': [[2026, 11]] },
      URL: 'https://omagrawal.tech/blog/WaveNet.html',
    },
  ]);
});

test.for(['Loss & gradient: 50% of {all} #1 at $x_1^2$ ~ a\\b', 'The notebooks’ network'])(
  'a title keeps its characters: %s',
  (title) => {
    expect(read({ ...POST, title })[0]!.title).toBe(title.replace('’', "'"));
  },
);

test('the month is that of the calendar day, wherever the machine is', () => {
  expect(bibtex({ ...POST, published: new Date('2026-12-01') })).toContain('month        = dec,');
});
