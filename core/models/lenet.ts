import type { Network } from './network.ts';

/**
 * LeNet-5 (LeCun, Bottou, Bengio, Haffner 1998) as it is built today: ReLU and max pooling.
 * 61,706 parameters on MNIST.
 */
export const lenet: Network = {
  title: 'LeNet-5',
  layers: (classes) => [
    { kind: 'conv', name: 'conv1', filters: 6, kernel: 5, padding: 'same', activation: 'relu' },
    { kind: 'maxPool', size: 2 },
    { kind: 'conv', name: 'conv2', filters: 16, kernel: 5, padding: 'valid', activation: 'relu' },
    { kind: 'maxPool', size: 2 },
    { kind: 'flatten' },
    { kind: 'dense', name: 'dense1', units: 120, activation: 'relu' },
    { kind: 'dense', name: 'dense2', units: 84, activation: 'relu' },
    { kind: 'dense', name: 'output', units: classes, activation: 'none' },
  ],
};
