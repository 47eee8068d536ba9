/** Singular values of any network's Jacobian, by its Gram side. */
import type { NamedTensorMap } from '@tensorflow/tfjs-node';
import { loadGraph } from '../engine/load.ts';
import type { State } from '../engine/session.ts';
import { loadTensorFlow } from '../engine/tensorflow.ts';
import type { Labels } from '../data/labels.ts';
import { InputError } from '../contract/words/errors.ts';
import { Breather } from '../training/breather.ts';
import type { Control } from '../training/breather.ts';
import { rowCount, rowsEach } from './kernel-fillings.ts';
import type { NetworkKernelSpec } from './kernel-fillings.ts';
import { networkKernelGraph } from './network-graph.ts';

/** J J^T of more rows would need more than 4 GiB. */
const MOST_ROWS = 10_000;

/** The Jacobian of a network's outputs by its weights, on some samples. */
export interface NetworkKernel {
  rows: number;
  parameters: number;
  /**
   * Singular values, largest first: as many as rows; their squares are the eigenvalues of the
   * tangent kernel J J^T. Memory grows as rows^2; columns are taken a part at a time.
   * @param state the weights, by name
   * @returns null where it was stopped
   */
  singularValues(state: State, control?: Control): Promise<Float64Array | null>;
  /**
   * J J^T itself: rows x rows, the outputs of a sample one after the other.
   * @returns null where it was stopped
   */
  tangentKernel(state: State, control?: Control): Promise<Float32Array | null>;
  dispose(): void;
}

/**
 * Opens the Jacobian on samples. Batch norm takes the statistics of these samples at these weights, held
 * fixed, so that an output depends on its own sample alone.
 * @param inputs samples x numbers in a sample, scaled as for training
 * @param labels of each sample, where a row is that of its label
 * @throws InputError where it has too many rows, or TensorFlow cannot be loaded
 */
export async function openNetworkKernel(
  spec: NetworkKernelSpec,
  inputs: Float32Array,
  threads: number,
  labels: Labels = new Uint8Array(spec.samples),
): Promise<NetworkKernel> {
  const { samples } = spec;
  const each = rowsEach(spec);
  const rows = rowCount(spec);
  if (rows > MOST_ROWS) {
    throw new InputError('theory.jacobian', {
      samples,
      outputs: each,
      rows,
      most: MOST_ROWS,
      fewer: Math.floor(MOST_ROWS / each),
    });
  }
  const tf = await loadTensorFlow(threads);
  const built = networkKernelGraph(spec);
  const { graph, signatures, weights, settles, parameters, batch, fillings, blocks } = built;
  const loaded = await loadGraph(tf, graph, signatures);
  const call = (name: string, fed: NamedTensorMap): Float32Array => {
    const out = loaded.call(name, fed);
    const [first] = Object.values(out);
    const values = first!.dataSync() as Float32Array;
    for (const tensor of [...Object.values(fed), ...Object.values(out)]) tensor.dispose();
    return values;
  };
  call('fill', { inputs: tf.tensor(inputs, [samples, ...spec.shape]) });
  /** Fills the rows of some samples: each sample's row of one output, of its label if none is given. */
  const fillRows = (filling: string, from: number, output: number | null) => {
    // The last call takes the last sample again, as often as it has room left.
    const chosen = Int32Array.from({ length: batch }, (_, i) => Math.min(from + i, samples - 1));
    const int = (of: (sample: number) => number) => tf.tensor1d(chosen.map(of), 'int32');
    call(filling, {
      samples: int((i) => i),
      outputs: int((i) => output ?? labels[i]!),
      places: int((i) => i * each + (output ?? 0)),
    });
  };
  /** Sums up J J^T; false where it was stopped. */
  async function addUp(state: State, control: Control): Promise<boolean> {
    const clock = new Breather(control);
    const fed = weights.map(({ name, shape }) => {
      return [name, tf.tensor(state.get(name)!.data, [...shape])] as const;
    });
    call('weights', Object.fromEntries(fed));
    if (settles) call('settle', {});
    call('clear', {});
    const steps = stepsOf();
    for (const [i, step] of steps.entries()) {
      if (!(await clock.breathe(0, i / steps.length))) return false;
      step();
    }
    return true;
  }
  /** Each filling by batches and outputs, and then its share of each block. */
  function stepsOf(): (() => void)[] {
    const outputs = spec.rowsOf === 'label' ? [null] : Array.from({ length: each }, (_, c) => c);
    const starts = Array.from({ length: Math.ceil(samples / batch) }, (_, i) => i * batch);
    return fillings.flatMap((filling) => [
      ...starts.flatMap((from) =>
        outputs.map((output) => () => {
          fillRows(filling, from, output);
        }),
      ),
      ...blocks.map((_, b) => () => {
        call(`add/${filling}/${b}`, {});
      }),
    ]);
  }
  return {
    rows,
    parameters,
    async singularValues(state, control = {}) {
      if (!(await addUp(state, control))) return null;
      const values = call('eigenvalues', {});
      return Float64Array.from(values, (value) => Math.sqrt(Math.max(0, value))).reverse();
    },
    async tangentKernel(state, control = {}) {
      return (await addUp(state, control)) ? mirrored(call('gram', {}), rows) : null;
    },
    dispose: () => loaded.dispose(),
  };
}

/** A symmetric matrix, of its lower triangle, in place. */
function mirrored(matrix: Float32Array, rows: number): Float32Array {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) matrix[j * rows + i] = matrix[i * rows + j]!;
  }
  return matrix;
}
