/** ResNet-20 against a second implementation in plain tfjs operations, differentiated by tfjs. */
import type * as TF from '@tensorflow/tfjs-node';
import { expect, test } from 'vitest';
import { presets } from '../../core/kinds/presets.ts';
import { openSession } from '../../core/engine/session.ts';
import { loadTensorFlow } from '../../core/engine/tensorflow.ts';
import { networkLayers } from '../../core/models/index.ts';
import { randomOf } from '../../core/random.ts';
import { THREADS } from './run-graph.ts';

const SHAPE = [32, 32, 3] as const;
const SIZE = 32 * 32 * 3;
const SAMPLES = 64;
const BATCH = 16;
const STEPS = 10;
/** Small, so that rounding does not grow from step to step. */
const RATE = 0.001;

type Variables = Map<string, TF.Variable>;

/** He et al. 2016, written down once more and without our layers. */
function logitsOf(tf: typeof TF, v: Variables, images: TF.Tensor4D): TF.Tensor2D {
  const convolve = (x: TF.Tensor4D, name: string, stride: number): TF.Tensor4D => {
    const z = tf.conv2d(x, v.get(`${name}/kernel`) as unknown as TF.Tensor4D, stride, 'same');
    const { mean, variance } = tf.moments(z, [0, 1, 2]);
    const normal = tf.div(tf.sub(z, mean), tf.sqrt(tf.add(variance, 1e-5)));
    const scaled = tf.mul(normal, v.get(`${name}.norm/scale`)!);
    return tf.add(scaled, v.get(`${name}.norm/offset`)!) as TF.Tensor4D;
  };
  let x = tf.relu(convolve(images, 'conv1', 1));
  [16, 32, 64].forEach((filters, stage) => {
    for (let block = 1; block <= 3; block++) {
      const name = `stage${stage + 1}.block${block}`;
      const shrink = stage > 0 && block === 1;
      const inner = tf.relu(convolve(x, `${name}.conv1`, shrink ? 2 : 1));
      const body = convolve(inner, `${name}.conv2`, 1);
      let short = x;
      if (shrink) {
        const channels = x.shape[3];
        const same = tf.reshape(tf.eye(channels), [1, 1, channels, channels]);
        const half = tf.conv2d(x, same as TF.Tensor4D, 2, 'same');
        const zeros = filters / 4;
        short = tf.pad(half, [
          [0, 0],
          [0, 0],
          [0, 0],
          [zeros, zeros],
        ]) as TF.Tensor4D;
      }
      x = tf.relu(tf.add(body, short));
    }
  });
  const pooled = tf.mean(x, [1, 2]) as TF.Tensor2D;
  const kernel = v.get('output/kernel') as unknown as TF.Tensor2D;
  return tf.add(tf.matMul(pooled, kernel), v.get('output/bias')!) as TF.Tensor2D;
}

test('gives the losses of the second implementation', async () => {
  const tf = await loadTensorFlow(THREADS);
  const own = presets()[0]!.config;
  const session = await openSession({
    layers: networkLayers({ ...own.network, preset: 'resnet' }, 10, SHAPE),
    shape: SHAPE,
    classes: 10,
    samples: SAMPLES,
    dtype: 'uint8' as const,
    mean: 120,
    deviation: 70,
    training: { ...own.training, batch: BATCH, threads: THREADS },
    stepsPerCall: 1,
  });
  const random = randomOf(5, 'resnet');
  const pixels = Uint8Array.from({ length: SAMPLES * SIZE }, () => random.below(256));
  const labels = Uint8Array.from({ length: SAMPLES }, () => random.below(10));
  session.fill(0, pixels, labels);
  session.start();
  const state = session.read();
  const variables: Variables = new Map(
    session.weights.map(({ name }) => {
      const { data, shape } = state.get(name)!;
      return [name, tf.variable(tf.tensor(data, [...shape]))];
    }),
  );
  const optimizer = tf.train.momentum(RATE, 0.9);
  for (let step = 0; step < STEPS; step++) {
    const indices = Int32Array.from({ length: BATCH }, (_, i) => (step * BATCH + i * 3) % SAMPLES);
    const bytes = [...indices].flatMap((i) => [...pixels.subarray(i * SIZE, (i + 1) * SIZE)]);
    const images = tf.tensor4d(
      bytes.map((value) => (value - 120) / 70),
      [BATCH, ...SHAPE],
    );
    const target = tf.oneHot(
      [...indices].map((i) => labels[i]!),
      10,
    );
    const wanted = optimizer.minimize(
      () => tf.losses.softmaxCrossEntropy(target, logitsOf(tf, variables, images)) as TF.Scalar,
      true,
    )!;
    const [found] = session.steps(indices, Float32Array.of(RATE), step);
    expect(Math.abs(found! - wanted.dataSync()[0]!)).toBeLessThan(1e-4);
  }
}, 120_000);
