import { expose } from 'comlink';
import { isReady } from '../life.ts';
import { countCorpus } from './count.ts';

expose({ ready: isReady, countCorpus });
