/** The activations that the theorems are computed for: phi, its slope phi', and bounds of both slopes. */
import type { NetworkConfig } from '../contract/config/schema.ts';

/** The network's own activations, and erf, whose covariance has a closed form too. */
export type TheoryActivation = NetworkConfig['activation'] | 'erf';

/** phi(z), by activation; softplus without overflow. */
export const ACTIVATIONS: Record<NetworkConfig['activation'], (z: number) => number> = {
  relu: (z) => Math.max(0, z),
  softplus: (z) => Math.max(0, z) + Math.log1p(Math.exp(-Math.abs(z))),
  tanh: Math.tanh,
};

/** phi'(z), by activation: relu, log(1 + exp(z)), tanh(z), and erf(z) = 2/sqrt(pi) int_0^z exp(-t^2) dt. */
export const SLOPES: Record<TheoryActivation, (z: number) => number> = {
  relu: (z) => (z > 0 ? 1 : 0),
  softplus: (z) => 1 / (1 + Math.exp(-z)),
  tanh: (z) => 1 - Math.tanh(z) ** 2,
  erf: (z) => (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z),
};

/** The most that |phi'| (`slope`) and |phi''| (`bend`) can be. */
export const BOUNDS: Record<NetworkConfig['activation'], { slope: number; bend: number }> = {
  relu: { slope: 1, bend: Infinity },
  softplus: { slope: 1, bend: 1 / 4 },
  // tanh'' = -2 tanh (1 - tanh^2), largest where tanh^2 = 1/3.
  tanh: { slope: 1, bend: 4 / (3 * Math.sqrt(3)) },
};
