import { test } from 'vitest';
import preset from '../../assets/presets/mnist-quick.json';
import { prepare } from '../../core/training/prepare.ts';
import { train } from '../../core/training/train.ts';
test('spike', async () => {
  for (const [optimizer, learningRate, batch] of [['momentum', 0.005, 64], ['momentum', 0.005, 32], ['sgd', 0.05, 32], ['momentum', 0.007, 64]] as const) {
  const p = prepare({ ...preset, training: { ...preset.training, optimizer, learningRate, batch } } as never);
  const rows: string[] = [];
  for await (const { record: r } of train(p)) rows.push([r.epoch, r.trainAccuracy.toFixed(3), r.trainAccuracyTrue?.toFixed(3), r.holdoutAccuracy?.toFixed(3), r.testAccuracy?.toFixed(4), r.relativeDistance.toFixed(3), r.predictionChanges, r.seconds.toFixed(2)].join(' '));
  console.log(optimizer, learningRate, batch, '\n' + rows.filter((_, i) => i < 12 || i % 4 == 0).join('\n'));
  }
}, 200000);
