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

/** About how many products a sample's way through the network adds up: its matrix products alone. */
export function multiplyAddsOf(layers: readonly PlacedLayer[]): number {
  return layers.reduce((sum, { layer, input, output, body }) => {
    const numbers = output.reduce((all, size) => all * size, 1);
    const each = layer.kind === 'conv' ? layer.kernel ** 2 * input[2]! : input[0]!;
    const own = layer.kind === 'conv' || layer.kind === 'dense' ? numbers * each : 0;
    return sum + own + multiplyAddsOf(body);
  }, 0);
}

/** How many steps one call should take, so that a network does not wait for JavaScript. */
export function stepsPerCall(layers: readonly PlacedLayer[], batch: number): number {
  return activationsOf(layers) * batch < SMALL ? MANY : 1;
}
