/** Summaries of older versions, which kept sentences where codes are kept now. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { paths } from '../../core/run-folder/files.ts';
import { readStoredSummary } from '../../core/run-folder/summary.ts';
import { said } from './said.ts';

const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-former-'));
afterAll(() => rmSync(folder, { recursive: true }));

const former = {
  status: 'interrupted',
  problem: 'x was not written: the disk is full. Make room on it. Then resume the run.',
  epochs: 12,
  testAtStop: 0.9,
  testBest: 0.91,
  testLast: 0.8,
  relativeDistance: 0.4,
  seconds: 20,
  savedEpochs: 0,
  rule: 2,
  verdict: {
    epoch: 6,
    low: 4,
    high: 9,
    confidence: 0.9,
    chanceAhead: 0.02,
    expectedLoss: 0.003,
    method: 'Noisy hold-out, epochs compared sample by sample',
    phase: 'past',
    reasons: ['Predictions of training samples changed least at epoch 8 (312 of them).'],
    why: [{ key: 'verdict.reasons.changes', values: { unit: 'epoch', at: '8', n: '312' } }],
    candidates: [
      { method: 'Hold-out loss, patience 3', epoch: 5 },
      { method: 'Last epoch', epoch: 12 },
    ],
  },
};

test('are read in today’s form', () => {
  const run = join(folder, 'run');
  mkdirSync(run);
  writeFileSync(paths.summary(run), JSON.stringify(former));
  const stored = readStoredSummary(run);
  if (stored === null || stored === 'damaged') throw new Error('It was not read.');
  const { problem, verdict } = stored.summary;
  expect(said([problem!])).toEqual([former.problem]);
  expect(verdict).toMatchObject({
    method: 'samples',
    why: [{ code: 'verdict.reasons.changes' }],
    candidates: [
      { rule: 'patience3', epoch: 5 },
      { rule: 'last', epoch: 12 },
    ],
  });
  expect(said(verdict!.why).join()).toContain('epoch 8');
});

test('what is no verdict is left out, and the rest is read', () => {
  const run = join(folder, 'odd');
  mkdirSync(run);
  for (const verdict of [{ reasons: 1 }, { reasons: [], why: 3, candidates: 'x' }, 'text']) {
    writeFileSync(paths.summary(run), JSON.stringify({ ...former, verdict }));
    const stored = readStoredSummary(run);
    expect(stored).toMatchObject({ summary: { epochs: 12, verdict: null } });
  }
});
