/** Looks at a run's samples through a network that is trained already. */
import { openSession } from '../engine/session.ts';
import type { State } from '../engine/session.ts';
import { deviceInUse, threadsInUse } from '../engine/tensorflow.ts';
import { chunkSize, fillSession, graphSpec } from './resident.ts';
import type { Trainable } from './resident.ts';

/** A part of a run's samples. */
export type Part = 'train' | 'holdout' | 'test';

/** A network with a run's samples, whose weights can be set. */
export interface Probe {
  /** @param state of any epoch of the run */
  set(state: State): void;
  /** What the last layer is fed for each sample of a part: samples x features. */
  features(part: Part): Float32Array;
  /** The chance of each class for each sample of a part: samples x classes, rows adding up to 1. */
  probabilities(part: Part): Float32Array;
  dispose(): void;
}

/** Loads a run's network and samples. @throws InputError where TensorFlow cannot be loaded */
export async function openProbe(prepared: Trainable): Promise<Probe> {
  const spec = graphSpec(prepared);
  // What is looked at hangs on threads and device by its last bits alone, and a process has one of each.
  const threads = threadsInUse() ?? spec.training.threads;
  const device = deviceInUse() ?? spec.training.device;
  const session = await openSession({ ...spec, training: { ...spec.training, threads, device } });
  fillSession(session, prepared);
  const { train, holdout } = prepared.split;
  const from = { train: 0, holdout: train.length, test: train.length + holdout.length };
  const chunk = chunkSize(prepared);
  const all = (part: Part, ask: (indices: Int32Array) => Float32Array): Float32Array => {
    const samples = prepared.split[part].length;
    let out = new Float32Array(0);
    for (let at = 0; at < samples; at += chunk) {
      const length = Math.min(chunk, samples - at);
      const found = ask(Int32Array.from({ length }, (_, i) => from[part] + at + i));
      const width = found.length / length;
      if (at === 0) out = new Float32Array(samples * width);
      out.set(found, at * width);
    }
    return out;
  };
  return {
    set(state) {
      // The distance is not measured here, so a start that is none will do.
      const names = session.weights.map(({ variable: { name } }) => name);
      session.restore(state, new Map(names.map((name) => [name, state.get(name)!])));
    },
    features: (part) => all(part, session.features),
    probabilities: (part) => all(part, session.predictProbabilities),
    dispose: session.dispose,
  };
}
