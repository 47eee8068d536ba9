import type { Network } from './network.ts';

/**
 * The network of the theorems of Li, Soltanolkotabi, Oymak (2019), equation 1.1:
 * f(x) = v^T phi(W x) with k hidden units, W starting as independent standard Gaussians and v
 * fixed, half its entries +1/sqrt(k) and half -1/sqrt(k). It has one output, which is fitted to
 * class c of K by the number -1 + 2c / (K - 1) in squared loss.
 */
export const theory: Network = {
  id: 'theory',
  reads: ['widths', 'activation'],
  takesRows: true,
  losses: ['squared'],
  widths: [1000],
  layers: ({ widths: [hidden], activation }) => [
    { kind: 'flatten' },
    {
      kind: 'dense',
      name: 'hidden',
      units: hidden!,
      activation,
      bias: false,
      start: 'gaussian',
    },
    { kind: 'signs' },
  ],
};
