import { describeCore } from './core.ts';
import { webkit } from './webkit.ts';

describeCore(webkit);
