import { expose } from 'comlink';
import { Player } from '../player.ts';
import { type TinyNetworkFrame, TinyNetworkRun, type TinyNetworkSaved } from './run.ts';
import type { TinyNetworkSettings } from './settings.ts';

expose(
  new Player<TinyNetworkSettings, TinyNetworkFrame, TinyNetworkSaved>(
    (settings, from) => new TinyNetworkRun(settings, from),
  ),
);
