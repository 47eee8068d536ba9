/** A small experiment with wrong labels that can be found, for tests of audits. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../core/contract/config/schema.ts';
import { presets } from '../../core/kinds/presets.ts';
import { randomOf } from '../../core/random.ts';
import { paths } from '../../core/run-folder/files.ts';
import { readNpz } from '../../core/run-folder/npz.ts';
import { THREADS } from './run-graph.ts';

/** Three clouds of points, whose labels the noise makes the next one's in 3 of 10. */
function cloud(): string {
  const random = randomOf(0, 'audit test');
  const rows = Array.from({ length: 1500 }, (_, i) => {
    const angle = (2 * Math.PI * (i % 3)) / 3;
    const at = (centre: number) => (2 * centre + random.real() + random.real() - 1).toFixed(4);
    return [at(Math.cos(angle)), at(Math.sin(angle)), ['red', 'green', 'blue'][i % 3]!].join();
  });
  return `a,b,label\n${rows.join('\n')}\n`;
}

/** Writes `rows.csv` into a folder. @returns an experiment on it */
export function cloudConfig(folder: string): Config {
  const source = join(folder, 'rows.csv');
  writeFileSync(source, cloud());
  const config = structuredClone(presets()[0]!.config);
  Object.assign(config.data, { source, train: 800, holdoutShare: 0.5, test: 200 });
  Object.assign(config.noise, { kind: 'pair', rate: 0.3 });
  Object.assign(config.network, { preset: 'mlp', widths: [16] });
  Object.assign(config.training, { epochs: 12, batch: 20, threads: THREADS });
  return config;
}

/** The labels of a run. */
export const labelsOf = (at: string) => readNpz(readFileSync(paths.labels(at)), 'labels.npz');
