/*
 * What has been read once can be read again without a network. A page is asked of the network first, and taken from the
 * cache where there is none; files with a hash in their name never change, and are taken from the cache at once. A page
 * that was opened hands in the list of all that its figures may ask for later (tools/site/offline-lists.ts).
 */
import { ExpirationPlugin } from 'workbox-expiration';
import { matchPrecache, precacheAndRoute } from 'workbox-precaching';
import { registerRoute, setCatchHandler } from 'workbox-routing';
import { CacheFirst, NetworkFirst } from 'workbox-strategies';
import { MAKEMORE } from '../training/corpus.ts';
import type { KeepMessage, TAKE_OVER } from './messages.ts';

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build: the page for addresses that were never read, and what it needs. It also makes each build’s worker differ. */
declare const PRECACHE: { url: string; revision: string | null }[];

const PATIENCE_S = 4;
const MONTHS_S = 120 * 24 * 3600;

/** A link’s settings are read by the page: with or without them it is the same file. */
const withoutSettings = {
  cacheKeyWillBeUsed: async ({ request }: { request: Request }) => {
    const url = new URL(request.url);
    url.search = '';
    return url.href;
  },
};

const pages = new NetworkFirst({
  cacheName: 'pages',
  networkTimeoutSeconds: PATIENCE_S,
  plugins: [withoutSettings, new ExpirationPlugin({ maxAgeSeconds: MONTHS_S, purgeOnQuotaError: true })],
});
const hashed = new CacheFirst({
  cacheName: 'hashed',
  plugins: [new ExpirationPlugin({ maxEntries: 800, maxAgeSeconds: MONTHS_S, purgeOnQuotaError: true })],
});
/** A list from another host, once the reader has asked for it: its address names a commit, so it never changes. */
const lists = new CacheFirst({ cacheName: 'lists' });

const isHashed = (url: URL): boolean => url.origin === self.location.origin && url.pathname.startsWith('/_astro/');
const isList = (url: URL): boolean => url.origin === self.location.origin && url.pathname.startsWith('/offline/');

precacheAndRoute(PRECACHE);
registerRoute(({ url }) => isHashed(url), hashed);
registerRoute(({ url }) => url.href === MAKEMORE.url, lists);
registerRoute(({ url }) => url.origin === self.location.origin && !isHashed(url) && !isList(url), pages);
setCatchHandler(async ({ request }) =>
  request.mode === 'navigate' ? ((await matchPrecache('/not-kept.html')) ?? Response.error()) : Response.error(),
);

self.addEventListener('activate', (event) => {
  // The page that brought this worker is served by it from now on; a newer one waits until the reader says so.
  event.waitUntil(self.clients.claim());
});

self.addEventListener('message', (event) => {
  const message = event.data as KeepMessage | typeof TAKE_OVER;
  if (message.kind === 'take-over') self.skipWaiting();
  else event.waitUntil(keep(event, message.urls));
});

/** Puts files into the cache, a few at a time, and answers how many could not be had. */
async function keep(event: ExtendableMessageEvent, urls: readonly string[]): Promise<void> {
  const waiting = [...urls];
  let missing = 0;
  const work = async () => {
    for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
      const request = new Request(url, { credentials: 'same-origin', priority: 'low' });
      const strategy = isHashed(new URL(request.url)) ? hashed : pages;
      const response = await strategy.handle({ event, request }).catch(() => undefined);
      if (!response?.ok) missing += 1;
    }
  };
  await Promise.all([work(), work(), work()]);
  event.ports[0]?.postMessage(missing);
}
