import { dropout } from './network.ts';
import type { Layer, Network } from './network.ts';

/** A small CNN for pictures of 32 x 32: three blocks of convolution, ReLU and max pooling. */
export const cifarCnn: Network = {
  id: 'cifar-cnn',
  reads: ['widths', 'dropout'],
  widths: [32, 64, 128, 128],
  layers: ({ classes, widths: [block1, block2, block3, dense1], dropout: rate }) => {
    const block = (name: string, filters: number): Layer[] => [
      { kind: 'conv', name, filters, kernel: 3, padding: 'same', activation: 'relu', start: 'he' },
      { kind: 'maxPool', size: 2 },
    ];
    return [
      ...block('conv1', block1!),
      ...block('conv2', block2!),
      ...block('conv3', block3!),
      { kind: 'flatten' },
      { kind: 'dense', name: 'dense1', units: dense1!, activation: 'relu', start: 'he' },
      ...dropout(rate),
      { kind: 'dense', name: 'output', units: classes, activation: 'none' },
    ];
  },
};
