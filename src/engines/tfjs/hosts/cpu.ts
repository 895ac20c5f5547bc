import '@tensorflow/tfjs-backend-cpu';
import { tfjsHost } from '../host.ts';

/** Plain JavaScript, the same everywhere. */
export const openHost = async () => tfjsHost('cpu');
