import { readFileSync } from 'node:fs';
import { Cite } from '@citation-js/core';
import '@citation-js/plugin-cff';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { site } from '../src/site.ts';

const text = readFileSync('CITATION.cff', 'utf8');
const citation = parse(text) as Record<string, unknown>;
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** What version 1.2.0 of the format asks for, and what else this project says. */
const REQUIRED = ['cff-version', 'message', 'title', 'authors'];
const OPTIONAL = ['abstract', 'type', 'version', 'license', 'url', 'keywords'];

test('CITATION.cff has what its format asks for, and nothing that nobody gave', () => {
  expect(Object.keys(citation).sort()).toEqual([...REQUIRED, ...OPTIONAL].sort());
  expect(citation['cff-version']).toBe('1.2.0');
});

test('it says what the package and the site say', () => {
  expect(citation).toMatchObject({
    title: site.title,
    abstract: site.description,
    version: manifest.version,
    license: manifest.license,
    url: 'https://omagrawal.tech/',
  });
});

test('a bibliography program reads author, title and address', () => {
  expect(new Cite(text).data).toMatchObject([
    {
      title: site.title,
      author: [{ given: 'Om', family: 'Agrawal' }],
      URL: 'https://omagrawal.tech/',
    },
  ]);
  expect(site.author).toBe('Om Agrawal');
});
