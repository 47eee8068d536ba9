import type { Network } from './network.ts';

/**
 * The network of Li, Soltanolkotabi, Oymak (2019), section 4: two convolutional layers of 64 and
 * 128, fully connected layers of 256 and 10. Kernels of 3 x 3 without padding and one max pooling
 * make the 4,795,914 parameters on MNIST: 640 + 73,856 + 4,718,848 + 2,570.
 */
export const paperCnn: Network = {
  title: "The paper's CNN",
  layers: (classes) => [
    { kind: 'conv', name: 'conv1', filters: 64, kernel: 3, padding: 'valid', activation: 'relu' },
    { kind: 'conv', name: 'conv2', filters: 128, kernel: 3, padding: 'valid', activation: 'relu' },
    { kind: 'maxPool', size: 2 },
    { kind: 'flatten' },
    { kind: 'dense', name: 'dense1', units: 256, activation: 'relu' },
    { kind: 'dense', name: 'output', units: classes, activation: 'none' },
  ],
};
