/** The notebook’s case of backprop_n32.json: 32 examples, and parameters that are drawn as make_backprop() of make_reference.py draws them. */
import fixture from '../reference/fixtures/backprop_n32.json' with { type: 'json' };
import { drawManualMlp } from '../src/networks/index.ts';
import { NotebookGenerator } from './notebook.ts';

/** In the order in which they are drawn. */
export const drawnParameters = drawManualMlp(new NotebookGenerator(2147483647));

/** Contexts (32, 3) and targets (32). */
export const { X, Y } = fixture.n32_f32;
