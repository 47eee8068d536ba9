/** A table goes the whole way: trained, shown, exported. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { presets } from '../../core/kinds/presets.ts';
import { readModel } from '../../core/export/model.ts';
import { executeRun } from '../../core/runs/execute.ts';
import { beginRun } from '../../core/runs/begin.ts';
import { previewNoise } from '../../core/api/previews.ts';
import { randomOf } from '../../core/random.ts';
import { readMetrics } from '../../core/run-folder/check.ts';
import { runView } from '../../core/run-folder/views.ts';
import { THREADS } from './run-graph.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-table-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a table of two classes is learned, tested on rows of its own, and drawn in shades', async () => {
  const random = randomOf(0, 'table test');
  const rows = Array.from({ length: 400 }, (_, i) => {
    const side = i % 2 ? 1000 : -1000;
    return `${side + 600 * (random.real() - 0.5)},${random.real()},${i % 2 ? 'yes' : 'no'}`;
  });
  const path = join(folder, 'rows.csv');
  writeFileSync(path, `a,b,label\n${rows.join('\n')}\n`);
  const config = structuredClone(presets()[0]!.config);
  Object.assign(config.data, { source: path, train: 200, test: 100 });
  config.noise.rate = 0.2;
  Object.assign(config.network, { preset: 'mlp', widths: [16] });
  Object.assign(config.training, { epochs: 5, batch: 20, threads: THREADS });
  const run = join(folder, 'run');
  const summary = await executeRun(await beginRun(run, config));
  expect(summary.status).toBe('finished');
  // Without scaling by column, numbers of a thousand would not be learned at this rate.
  expect(readMetrics(run).at(-1)!.testAccuracy).toBe(1);

  const { mean, deviation, bytes } = readModel(run, 5);
  expect(bytes).toBe(false);
  expect(Math.abs(mean[0]!)).toBeLessThan(100);
  expect(deviation[0]! / 1015).toBeCloseTo(1, 1);

  const strip = (await previewNoise(config.data, config.noise, THREADS)).strip[0]!;
  for (const { pixels, truth } of [strip, ...runView(run).wall]) {
    const shades = Buffer.from(pixels, 'base64');
    expect(shades).toHaveLength(2);
    // A thousand is one deviation: a sixth of the way from grey to white or black.
    expect(shades[0]! > 127).toBe(truth === 1);
    expect(Math.abs(shades[0]! - 127.5)).toBeLessThan(70);
  }
});
