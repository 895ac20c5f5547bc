import { expect, test } from 'vitest';
import { aboutBlog, aboutPost, aboutSite } from './structured-data.ts';

const BASE = new URL('https://omagrawal.tech');
const POST = {
  id: 'BigramLM',
  data: { title: 'Bigram', description: 'Pairs.', order: 2, published: new Date('2026-11-22') },
};

test('a post names its author, its day, its picture and its place in the series', () => {
  expect(aboutPost(POST, '/images/share/BigramLM.png', BASE)).toMatchObject({
    '@type': 'BlogPosting',
    headline: 'Bigram',
    url: 'https://omagrawal.tech/blog/BigramLM.html',
    author: { '@type': 'Person', name: 'Om Agrawal' },
    datePublished: '2026-11-22',
    dateModified: '2026-11-22',
    image: ['https://omagrawal.tech/images/share/BigramLM.png'],
    isPartOf: { '@type': 'CreativeWorkSeries', url: 'https://omagrawal.tech/blog.html' },
    position: 2,
  });
});

test('a post that was changed says when, and an announced one has neither day nor picture', () => {
  const updated = { ...POST, data: { ...POST.data, updated: new Date('2027-01-02') } };
  expect(aboutPost(updated, undefined, BASE)).toMatchObject({
    datePublished: '2026-11-22',
    dateModified: '2027-01-02',
  });
  const announced = { ...POST, data: { ...POST.data, published: undefined } };
  expect(aboutPost(announced, undefined, BASE)).not.toHaveProperty('datePublished');
  expect(aboutPost(announced, undefined, BASE)).not.toHaveProperty('image');
});

test('the site and the list of its posts have their exact addresses', () => {
  expect(aboutSite(BASE)).toMatchObject({ '@type': 'WebSite', url: 'https://omagrawal.tech/' });
  expect(aboutBlog([POST], BASE)).toMatchObject({
    '@type': 'Blog',
    url: 'https://omagrawal.tech/blog.html',
    blogPost: [{ url: 'https://omagrawal.tech/blog/BigramLM.html' }],
  });
});
