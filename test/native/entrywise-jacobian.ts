/** The Jacobian itself, entry by entry, to check its Gram side by. */
import { SLOPES } from '../../core/theory/activations.ts';
import type { TheoryActivation } from '../../core/theory/activations.ts';
import { outputWeights } from '../../core/theory/kernel.ts';
import type { HiddenWeights } from '../../core/theory/kernel.ts';

/**
 * The Jacobian of f(W, x) = v^T phi(W x) by W: row i is v o phi'(W x_i) times x_i^T. Its columns are
 * ordered as the engine keeps the weights: all units of the first input, of the second, ...
 * @param inputs samples x dimension
 * @returns samples x (dimension units), row by row
 */
export function jacobianOf(
  inputs: Float32Array,
  dimension: number,
  weights: HiddenWeights,
  activation: TheoryActivation,
): Float64Array {
  const { data, units } = weights;
  const samples = inputs.length / dimension;
  const v = outputWeights(units);
  const out = new Float64Array(samples * dimension * units);
  for (let i = 0; i < samples; i++) {
    const x = inputs.subarray(i * dimension, (i + 1) * dimension);
    for (let unit = 0; unit < units; unit++) {
      let z = 0;
      for (let j = 0; j < dimension; j++) z += data[j * units + unit]! * x[j]!;
      const slope = v[unit]! * SLOPES[activation](z);
      for (let j = 0; j < dimension; j++) out[(i * dimension + j) * units + unit] = slope * x[j]!;
    }
  }
  return out;
}
