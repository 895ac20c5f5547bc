/*
 * A worker that ends by itself, or is killed, says nothing to its page. A lock of the Web Locks API does: the worker holds
 * it as long as it lives, and whoever waits for it is told at once.
 */

// biome-ignore lint/style/noRestrictedGlobals: workers have it as pages do; browsers before 2022 have no locks.
const locks = (): LockManager | undefined => navigator.locks;

/** In the worker: takes the lock for good. Resolves when it is held, or where there are no locks. */
export function holdLife(name: string): Promise<void> {
  return new Promise((resolve) => {
    const manager = locks();
    if (!manager) resolve();
    else
      manager.request(name, () => {
        resolve();
        return new Promise(() => {});
      });
  });
}

/** On the page: `onEnd` is called when the worker that holds the lock is no more, unless `signal` was aborted before. */
export function watchLife(name: string, onEnd: () => void, signal: AbortSignal): void {
  locks()
    ?.request(name, { signal }, onEnd)
    .catch(() => {}); // Aborted: nobody wants to know any more.
}
