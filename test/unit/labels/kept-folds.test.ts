/** What folds told is kept for the same experiment, and for nothing else. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepFolds, keptFolds, readFolds } from '../../../core/audit/kept-folds.ts';
import { presets } from '../../../core/kinds/presets.ts';
import type { RunConfig } from '../../../core/run-folder/stored.ts';

let run = '';
beforeEach(() => {
  run = mkdtempSync(join(tmpdir(), 'lab-folds-'));
});
afterEach(() => rmSync(run, { recursive: true, force: true }));

const { config } = presets()[0]!;
const stored: RunConfig = {
  ...{ config, created: '', classes: ['a', 'b'], shape: [1, 1, 2], columns: [], versions: {} },
  ...{ noise: null, recorded: null, inferred: [], sums: { token: 't', labels: 'l' } },
};
const labels = { given: Uint8Array.of(0, 1, 1), holdoutGiven: Uint8Array.of(1) };
const part = (given: Uint8Array, from: number) => ({
  given,
  probabilities: Float32Array.from({ length: 2 * given.length }, (_, i) => (from + i) / 10),
  votes: Float32Array.from({ length: 2 * given.length }, (_, i) => (from - i) / 10),
});
const evidence = {
  train: part(labels.given, 1),
  holdout: part(labels.holdoutGiven, 2),
  kept: true,
};

test('are read again as they were, also after the run has another name', () => {
  expect(keptFolds(run, { stored })).toBeNull();
  keepFolds(run, { stored }, 3, evidence);
  keepFolds(run, { stored }, 5, evidence);
  const renamed = { ...stored, config: { ...config, name: 'other' } };
  expect([keptFolds(run, { stored }), keptFolds(run, { stored: renamed })]).toEqual([5, 5]);
  expect(readFolds(run, { stored: renamed }, 3, labels)).toEqual(evidence);
});

test('of other data, settings or numbers of folds are not theirs', () => {
  keepFolds(run, { stored }, 3, evidence);
  const training = { ...config.training, seed: config.training.seed + 1 };
  const others = [
    { ...stored, config: { ...config, training } },
    { ...stored, sums: { token: 't', labels: 'other' } },
    { ...stored, versions: { node: '1' } },
  ];
  for (const other of others) expect(keptFolds(run, { stored: other })).toBeNull();
  expect(readFolds(run, { stored }, 5, labels)).toBeNull();
  const fewer = { ...labels, given: Uint8Array.of(0) };
  expect(readFolds(run, { stored }, 3, fewer)).toBeNull();
});

test('that are damaged are as if they were not there', () => {
  keepFolds(run, { stored }, 3, evidence);
  const file = join(run, 'folds', readdirSync(join(run, 'folds'))[0]!);
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.subarray(0, bytes.length - 40));
  expect(keptFolds(run, { stored })).toBeNull();
  expect(readFolds(run, { stored }, 3, labels)).toBeNull();
});
