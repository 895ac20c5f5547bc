import type { SettingsOf } from '../../src/training/settings.ts';
import type { waveNetTable } from '../../src/training/wavenet/settings.ts';

const settings = import.meta.glob<SettingsOf<typeof waveNetTable>>('../runs/wavenet-*.json', {
  eager: true,
  import: 'settings',
});
const addresses = import.meta.glob<string>('../runs/wavenet-*.json', { eager: true, query: '?url', import: 'default' });

/** Every recorded run of a WaveNet but the one that its figure begins with: its settings, and where its file is. */
export const experiments = Object.entries(settings).map(([file, settings]) => ({
  settings,
  address: addresses[file]!,
}));
