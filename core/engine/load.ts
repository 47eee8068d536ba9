/** Loads a graph into TensorFlow as callable signatures that share its variables. */
import { rmSync } from 'node:fs';
import type { NamedTensorMap } from '@tensorflow/tfjs-node';
import { temporaryFolder, temporaryProblem } from '../disk/temporary.ts';
import type { Graph } from './graph.ts';
import { writeSavedModel } from './saved-model.ts';
import type { Signature } from './saved-model.ts';
import type { TensorFlow } from './tensorflow.ts';

/** A loaded graph. */
export interface LoadedGraph {
  /** Calls a signature; the caller frees inputs and outputs. */
  call(name: string, inputs: NamedTensorMap): NamedTensorMap;
  dispose(): void;
}

/**
 * Writes a graph into a temporary folder, which is gone again once TensorFlow has read it.
 * @throws InputError where the temporary folder takes nothing
 */
export async function loadGraph(
  tf: TensorFlow,
  graph: Graph,
  signatures: Record<string, Signature>,
): Promise<LoadedGraph> {
  const calls = new Map<string, Awaited<ReturnType<TensorFlow['node']['loadSavedModel']>>>();
  const folder = temporaryFolder('graph');
  try {
    writeSavedModel(folder, graph, signatures);
    for (const name of Object.keys(signatures)) {
      calls.set(name, await tf.node.loadSavedModel(folder, ['serve'], name));
    }
  } catch (error) {
    throw temporaryProblem(error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    call: (name, inputs) => calls.get(name)!.predict(inputs) as NamedTensorMap,
    dispose: () => calls.forEach((loaded) => loaded.dispose()),
  };
}
