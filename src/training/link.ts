import { changedSettings, defaultsOf, formatField, type SettingsOf, type SettingsTable } from './settings.ts';

/** The settings of widget `id` as they stand in an address: `?tiny-network.seed=7` gives `{ seed: '7' }`. */
export function readLink(id: string, search: string): Record<string, string> {
  const prefix = `${id}.`;
  const raw: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(search)) {
    if (key.startsWith(prefix)) raw[key.slice(prefix.length)] = value;
  }
  return raw;
}

/**
 * The address that replays a run: `page` with the settings of widget `id` that differ from their defaults. What other
 * widgets have in the address stays.
 */
export function writeLink<T extends SettingsTable>(
  page: string,
  id: string,
  table: T,
  settings: SettingsOf<T>,
): string {
  const url = new URL(page);
  for (const key of [...url.searchParams.keys()]) {
    if (key.startsWith(`${id}.`)) url.searchParams.delete(key);
  }
  for (const name of changedSettings(table, settings, defaultsOf(table))) {
    url.searchParams.set(`${id}.${name}`, formatField(table[name]!, settings[name]));
  }
  url.hash = id;
  return url.href;
}
