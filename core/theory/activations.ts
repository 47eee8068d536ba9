/** Slopes phi' of the activations that the theorems are computed for. */
import type { NetworkConfig } from '../contract/config/schema.ts';

/** The network's own activations, and erf, whose covariance has a closed form too. */
export type TheoryActivation = NetworkConfig['activation'] | 'erf';

/** phi'(z), by activation: relu, log(1 + exp(z)), tanh(z), and erf(z) = 2/sqrt(pi) int_0^z exp(-t^2) dt. */
export const SLOPES: Record<TheoryActivation, (z: number) => number> = {
  relu: (z) => (z > 0 ? 1 : 0),
  softplus: (z) => 1 / (1 + Math.exp(-z)),
  tanh: (z) => 1 - Math.tanh(z) ** 2,
  erf: (z) => (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z),
};
