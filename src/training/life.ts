/*
 * A worker that ends by itself, or is killed, says nothing to its page. A lock of the Web Locks API does: the worker holds
 * it as long as it lives, and whoever waits for it is told at once.
 */

// biome-ignore lint/style/noRestrictedGlobals: workers have it as pages do; browsers before 2022 have no locks.
const locks = (): LockManager | undefined => navigator.locks;

/**
 * On the page: takes a lock for as long as the page wants it. @returns what gives it back; undefined where another tab has it.
 * Where there are no locks, everybody may have it.
 */
export function claim(name: string): Promise<(() => void) | undefined> {
  const manager = locks();
  if (!manager) return Promise.resolve(() => {});
  return new Promise((resolve) => {
    manager
      .request(name, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(undefined);
        return new Promise<void>((giveBack) => resolve(giveBack));
      })
      .catch(() => resolve(() => {})); // A page that may not store has no locks either.
  });
}

/**
 * In the worker: its answer as soon as its script runs. It takes the lock for good before it answers.
 * @param life the lock that the page watches the worker by. Browsers before 2022 have none, and do without.
 */
export function isReady(life: string): Promise<true> {
  return new Promise((resolve) => {
    const manager = locks();
    if (!manager) resolve(true);
    else
      manager.request(life, () => {
        resolve(true);
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
