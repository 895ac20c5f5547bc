/*
 * The page’s side of reading without a network. It runs once the page has come to rest; everything works without it.
 */
import { type KeepMessage, TAKE_OVER } from './messages.ts';

/** Told on the element of the page: `kept` once it and its figures work without a network. */
const tell = (state: 'keeping' | 'kept' | 'incomplete'): void => {
  document.documentElement.dataset.offline = state;
};

export async function workOffline(): Promise<void> {
  const registration = await navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);
  if (!registration) return; // Forbidden in a private window, say.
  announceUpdates(registration);
  const { active } = await navigator.serviceWorker.ready;
  if (!savesData()) await keepThisPage(active!);
}

/** A reader who pays by the byte keeps what was fetched anyway. */
function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean; effectiveType?: string } };
  return connection?.saveData === true || /2g/.test(connection?.effectiveType ?? '');
}

async function keepThisPage(worker: ServiceWorker): Promise<void> {
  const name =
    location.pathname
      .split('/')
      .at(-1)!
      .replace(/\.html$/, '') || 'index';
  const response = await fetch(`/offline/${name}.json`).catch(() => undefined);
  if (!response?.ok) return;
  tell('keeping');
  // What else the page has fetched, such as a font for a character that few pages have.
  const loaded = performance.getEntriesByType('resource').map((entry) => entry.name);
  const own = loaded.filter((url) => url.startsWith(location.origin) && !url.endsWith('.json'));
  const urls = [location.origin + location.pathname, ...own, ...((await response.json()) as string[])];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<number>) => tell(data === 0 ? 'kept' : 'incomplete');
  worker.postMessage({ kind: 'keep', urls } satisfies KeepMessage, [port2]);
}

/** Announces a newer version, and changes to it when the reader says so. */
function announceUpdates(registration: ServiceWorkerRegistration): void {
  const notice = document.querySelector<HTMLElement>('.newer-version')!;
  const announce = () => {
    // Without a worker in charge there was no earlier visit, and nothing is newer.
    if (registration.waiting && navigator.serviceWorker.controller) notice.hidden = false;
  };
  announce();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', announce);
  });
  notice.querySelector('button')!.addEventListener('click', () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload());
    registration.waiting?.postMessage(TAKE_OVER);
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) registration.update().catch(() => {}); // No network, no news.
  });
}
