import { expose } from 'comlink';
import { Player } from '../player.ts';
import { type TinyNetworkFrame, TinyNetworkRun } from './run.ts';
import type { TinyNetworkSettings } from './settings.ts';

expose(new Player<TinyNetworkSettings, TinyNetworkFrame>((settings, from) => new TinyNetworkRun(settings, from)));
