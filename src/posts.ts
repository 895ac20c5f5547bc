import { type CollectionEntry, getCollection } from 'astro:content';

export type Post = CollectionEntry<'posts'>;

/** The series in its order. */
export async function allPosts(): Promise<Post[]> {
  const posts = await getCollection('posts');
  return posts.sort((a, b) => a.data.order - b.data.order);
}

const WORDS_A_MINUTE = 200;

/** Minutes to read a post: its words, without the code of its imports, tags and formulas. */
export function readingMinutes(body: string): number {
  const prose = body.replace(/^(import|export)\b.*$/gm, '').replace(/<[^>]*>|\$[^$]*\$|\{[^}]*\}/g, ' ');
  return Math.max(1, Math.round(prose.split(/\s+/).filter(Boolean).length / WORDS_A_MINUTE));
}
