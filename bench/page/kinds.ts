/** The products that a linear layer asks of the kernels, in the order of a step. */
export const KINDS = ['forward', 'by the input', 'by the weight'] as const;
export type Kind = (typeof KINDS)[number];
