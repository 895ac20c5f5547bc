import { expose } from 'comlink';
import { countCorpus } from './count.ts';

expose({ countCorpus });
