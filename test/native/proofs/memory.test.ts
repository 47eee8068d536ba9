/** Long training does not grow. */
import { expect, test } from 'vitest';
import { presets } from '../../../core/kinds/presets.ts';
import { loadTensorFlow } from '../../../core/engine/tensorflow.ts';
import { prepare } from '../../../core/training/prepare.ts';
import { train } from '../../../core/training/train.ts';
import { THREADS } from '../run-graph.ts';
import { count } from './small-run.ts';

const EPOCHS = 200;
/** Few of them are enough for what an epoch leaves, and no tensor is left by any; the rest is proved. */
const STEPS = count(15, 60);

test(`${EPOCHS * STEPS} steps in ${EPOCHS} epochs: no tensor is left, and memory is flat`, async () => {
  const tf = await loadTensorFlow(THREADS);
  const config = structuredClone(presets()[0]!.config);
  Object.assign(config.data, { train: 32 * STEPS, test: 500 });
  Object.assign(config.training, { batch: 32, epochs: EPOCHS, threads: THREADS });
  const tensors = new Set<number>();
  const resident: number[] = [];
  for await (const { state } of train(await prepare(config))) {
    state();
    tensors.add(tf.memory().numTensors);
    resident.push(process.memoryUsage.rss());
  }
  expect([...tensors]).toEqual([0]);
  // Means over stretches, for the collector of JavaScript comes and goes.
  const mean = (part: number[]) => part.reduce((a, b) => a + b, 0) / part.length;
  const [early, late] = [mean(resident.slice(60, 110)), mean(resident.slice(-50))];
  expect(late / early).toBeLessThan(1.02);
}, 300_000);
