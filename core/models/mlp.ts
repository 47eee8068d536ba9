import type { Network } from './network.ts';

/** A multilayer perceptron with hidden layers of 512 and 256. */
export const mlp: Network = {
  title: 'MLP 512-256',
  layers: (classes) => [
    { kind: 'flatten' },
    { kind: 'dense', name: 'dense1', units: 512, activation: 'relu' },
    { kind: 'dense', name: 'dense2', units: 256, activation: 'relu' },
    { kind: 'dense', name: 'output', units: classes, activation: 'none' },
  ],
};
