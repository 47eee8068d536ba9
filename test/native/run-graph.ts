/** Runs a small graph in TensorFlow, for tests of single operations. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Graph, Tensor } from '../../core/engine/graph.ts';
import { writeSavedModel } from '../../core/engine/saved-model.ts';
import type { Signature } from '../../core/engine/saved-model.ts';
import { loadTensorFlow } from '../../core/engine/tensorflow.ts';
import type { TensorFlow } from '../../core/engine/tensorflow.ts';

/** The threads of every native test; a process cannot change them. */
export const THREADS = 2;

type Values = Record<string, { data: Float32Array | Int32Array; shape: number[] }>;
type Caller = (signature: string, inputs: Values) => Record<string, Float32Array>;

/** Loads a graph. @returns a function that calls its signatures */
export async function loadGraph(
  graph: Graph,
  signatures: Record<string, Signature>,
): Promise<Caller> {
  const tf = await loadTensorFlow(THREADS);
  const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-test-'));
  writeSavedModel(folder, graph, signatures);
  const calls = new Map<string, Awaited<ReturnType<TensorFlow['node']['loadSavedModel']>>>();
  for (const name of Object.keys(signatures)) {
    calls.set(name, await tf.node.loadSavedModel(folder, ['serve'], name));
  }
  rmSync(folder, { recursive: true });
  return (signature, inputs) =>
    tf.tidy(() => {
      const fed = Object.entries(inputs).map(([name, { data, shape }]) => [
        name,
        tf.tensor(data, shape, data instanceof Float32Array ? 'float32' : 'int32'),
      ]);
      const out = calls.get(signature)!.predict(Object.fromEntries(fed));
      return Object.fromEntries(
        Object.entries(out).map(([name, t]) => [
          name,
          (t as { dataSync(): Float32Array }).dataSync(),
        ]),
      );
    });
}

/** The only signature of a graph. */
export async function runGraph(
  graph: Graph,
  inputs: Record<string, Tensor>,
  outputs: Record<string, Tensor>,
  values: Values,
): Promise<Record<string, Float32Array>> {
  const call = await loadGraph(graph, { only: { inputs, outputs } });
  return call('only', values);
}
