/** What of an address people get right: its last word, whatever its case, its folder and its ending. */
const word = (path: string): string => {
  const last = path.split('/').filter(Boolean).at(-1) ?? '';
  return last
    .toLowerCase()
    .replace(/\.[a-z]+$/, '')
    .replace(/[^a-z0-9]/g, '');
};

/** Of the addresses that exist, the one that a mistyped path is meant for: `/blog/wavenet` for `/blog/WaveNet.html`. */
export function nearestAddress(path: string, existing: readonly string[]): string | undefined {
  const asked = word(path);
  return asked ? existing.find((address) => word(address) === asked) : undefined;
}
