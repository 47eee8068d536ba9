/** How large calls of a network are. */
import type { PlacedLayer } from '../models/network.ts';

/** Steps in one call of a small network. */
const MANY = 16;
/** A batch with more activations than this computes so long that one step a call costs nothing. */
const SMALL = 16e6;

/** About how many numbers a sample's activations are, before and after each layer's function. */
export function activationsOf(layers: readonly PlacedLayer[]): number {
  return layers.reduce((sum, { output, body }) => {
    const own = 2 * output.reduce((all, size) => all * size, 1);
    return sum + own + activationsOf(body);
  }, 0);
}

/** How many steps one call should take, so that a network does not wait for JavaScript. */
export function stepsPerCall(layers: readonly PlacedLayer[], batch: number): number {
  return activationsOf(layers) * batch < SMALL ? MANY : 1;
}
