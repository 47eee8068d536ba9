/** The speed of our own engine on a case of the benchmark, feeding included. */
import { presets } from '../../core/kinds/presets.ts';
import type { Precision } from '../../core/engine/forward.ts';
import { openSession } from '../../core/engine/session.ts';
import type { Session } from '../../core/engine/session.ts';
import { stepsPerCall } from '../../core/engine/size.ts';
import { cores } from '../../core/machine/cores.ts';
import { networkLayers } from '../../core/models/index.ts';
import { randomOf } from '../../core/random.ts';
import type { BenchCase } from './cases.ts';

/** Both types, the plain one first. */
export const PRECISIONS = ['float32', 'bfloat16'] as const;

/** A case that is ready to be timed. */
export interface Timed {
  /** Trains for some seconds; returns samples a second. */
  speed(seconds: number): number;
  dispose(): void;
}

/** Opens a session on random data and warms it up. */
export async function timeOurs(of: BenchCase, precision: Precision = 'float32'): Promise<Timed> {
  const own = presets()[0]!.config;
  const layers = networkLayers({ ...own.network, ...of.network }, 10, of.shape);
  const { optimizer, batch } = of;
  const loss = of.loss ?? 'cross-entropy';
  const session = await openSession({
    layers,
    shape: of.shape,
    classes: 10,
    samples: of.samples,
    dtype: 'uint8',
    mean: 127,
    deviation: 74,
    precision,
    training: { ...own.training, threads: cores(), loss, optimizer, batch },
    stepsPerCall: stepsPerCall(layers, batch),
  });
  fillWithNoise(session, of);
  session.start();
  const speed = (seconds: number): number => speedOf(session, of, seconds);
  speed(1);
  return { speed, dispose: () => session.dispose() };
}

function fillWithNoise(session: Session, { samples, shape }: BenchCase): void {
  const random = randomOf(0, 'bench');
  const length = samples * shape[0] * shape[1] * shape[2];
  const pixels = Uint8Array.from({ length }, () => random.below(256));
  const labels = Uint8Array.from({ length: samples }, () => random.below(10));
  session.fill(0, pixels, labels);
}

function speedOf(session: Session, { samples, batch }: BenchCase, seconds: number): number {
  const rates = new Float32Array(session.stepsPerCall).fill(0.001);
  const fed = batch * rates.length;
  const order = Int32Array.from({ length: samples + fed }, (_, i) => i % samples);
  const from = performance.now();
  let trained = 0;
  while (performance.now() - from < seconds * 1000) {
    const at = trained % samples;
    session.steps(order.subarray(at, at + fed), rates, trained / batch);
    trained += fed;
  }
  return (trained / (performance.now() - from)) * 1000;
}
