import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

const posts = defineCollection({
  loader: glob({
    base: './content/posts',
    pattern: '*.mdx',
    // The file’s name is the address; without this it would be lower-cased.
    generateId: ({ entry }) => entry.replace(/\.mdx$/, ''),
  }),
  schema: z
    .object({
      title: z.string(),
      description: z.string().max(155),
      /** The post’s place in the series, from 1. */
      order: z.number().int().min(1),
      /** An announced post has an address and a paragraph, and is not written yet. */
      status: z.enum(['published', 'announced']),
      published: z.date().optional(),
      /** When it last said something new. */
      updated: z.date().optional(),
    })
    .refine(
      (post) => post.status === 'announced' || post.published,
      'A published post says when: published: YYYY-MM-DD.',
    ),
});

export const collections = { posts };
