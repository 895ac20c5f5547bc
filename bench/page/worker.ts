import { expose } from 'comlink';
import { bench } from './functions.ts';

expose(bench);
