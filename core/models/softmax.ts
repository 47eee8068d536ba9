import type { Network } from './network.ts';

/** Softmax regression: one linear layer. */
export const softmax: Network = {
  id: 'softmax',
  reads: [],
  takesRows: true,
  widths: [],
  layers: ({ classes }) => [
    { kind: 'flatten' },
    { kind: 'dense', name: 'output', units: classes, activation: 'none' },
  ],
};
