import { dropout } from './network.ts';
import type { Layer, Network } from './network.ts';

/**
 * The network of Li, Soltanolkotabi, Oymak (2019), section 4: two convolutional layers of 64 and
 * 128, fully connected layers of 256 and 10. Kernels of 3 x 3 without padding and one max pooling
 * make the 4,795,914 parameters on MNIST: 640 + 73,856 + 4,718,848 + 2,570.
 */
export const paperCnn: Network = {
  id: 'paper-cnn',
  reads: ['widths', 'dropout'],
  widths: [64, 128, 256],
  layers: ({ classes, widths: [conv1, conv2, dense1], dropout: rate }) => {
    const conv = (name: string, filters: number): Layer => ({
      kind: 'conv',
      name,
      filters,
      kernel: 3,
      padding: 'valid',
      activation: 'relu',
    });
    return [
      conv('conv1', conv1!),
      conv('conv2', conv2!),
      { kind: 'maxPool', size: 2 },
      { kind: 'flatten' },
      { kind: 'dense', name: 'dense1', units: dense1!, activation: 'relu' },
      ...dropout(rate),
      { kind: 'dense', name: 'output', units: classes, activation: 'none' },
    ];
  },
};
