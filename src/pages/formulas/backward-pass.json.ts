// The formulas of all 28 lines, which two figures fetch: in the page itself they would weigh more than the post.
import { renderFormulas } from '../../../components/manual-backprop/formulas.ts';

export const GET = () => Response.json(renderFormulas());
