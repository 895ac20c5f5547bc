import { expose } from 'comlink';
import { harness } from './functions.ts';

expose(harness);
