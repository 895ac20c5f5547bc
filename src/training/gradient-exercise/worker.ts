import { expose } from 'comlink';
import { Judge } from './judge-in-worker.ts';

expose(new Judge());
