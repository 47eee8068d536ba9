import { dropout } from './network.ts';
import type { Network } from './network.ts';

/**
 * LeNet-5 (LeCun, Bottou, Bengio, Haffner 1998) as it is built today: ReLU and max pooling.
 * 61,706 parameters on MNIST.
 */
export const lenet: Network = {
  id: 'lenet',
  reads: ['widths', 'dropout'],
  widths: [6, 16, 120, 84],
  layers: ({ classes, widths: [conv1, conv2, dense1, dense2], dropout: rate }) => [
    {
      kind: 'conv',
      name: 'conv1',
      filters: conv1!,
      kernel: 5,
      padding: 'same',
      activation: 'relu',
    },
    { kind: 'maxPool', size: 2 },
    {
      kind: 'conv',
      name: 'conv2',
      filters: conv2!,
      kernel: 5,
      padding: 'valid',
      activation: 'relu',
    },
    { kind: 'maxPool', size: 2 },
    { kind: 'flatten' },
    { kind: 'dense', name: 'dense1', units: dense1!, activation: 'relu' },
    ...dropout(rate),
    { kind: 'dense', name: 'dense2', units: dense2!, activation: 'relu' },
    ...dropout(rate),
    { kind: 'dense', name: 'output', units: classes, activation: 'none' },
  ],
};
