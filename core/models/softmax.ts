import type { Network } from './network.ts';

/** Softmax regression: one linear layer. */
export const softmax: Network = {
  title: 'Softmax regression',
  widths: [],
  layers: ({ classes }) => [
    { kind: 'flatten' },
    { kind: 'dense', name: 'output', units: classes, activation: 'none' },
  ],
};
