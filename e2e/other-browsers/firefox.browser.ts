import { describeCore } from './core.ts';
import { firefox } from './firefox.ts';

describeCore(firefox);
