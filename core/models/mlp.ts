import { dropout } from './network.ts';
import type { Layer, Network } from './network.ts';

/** A multilayer perceptron, with as many hidden layers as it has widths. */
export const mlp: Network = {
  id: 'mlp',
  reads: ['widths', 'activation', 'dropout'],
  takesRows: true,
  widths: [512, 256],
  anyDepth: true,
  layers: ({ classes, widths, activation, dropout: rate }) => [
    { kind: 'flatten' },
    ...widths.flatMap((units, i): Layer[] => [
      { kind: 'dense', name: `dense${i + 1}`, units, activation },
      ...dropout(rate),
    ]),
    { kind: 'dense', name: 'output', units: classes, activation: 'none' },
  ],
};
