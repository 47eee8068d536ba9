import type { Network } from './network.ts';

/** Softmax regression: one linear layer. */
export const softmax: Network = {
  widths: [],
  layers: ({ classes }) => [
    { kind: 'flatten' },
    { kind: 'dense', name: 'output', units: classes, activation: 'none' },
  ],
};
