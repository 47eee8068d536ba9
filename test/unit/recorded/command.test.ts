/** What `analyze` says of a record: whole sentences, and no option that is passed over in silence. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { analyzeRecord } from '../../../core/cli/analyze-record.ts';
import { begin, writeEpoch, writeHead, writeRows } from './made.ts';

let folder = '';
let record = '';
let said = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-record-'));
  record = join(folder, 'record');
  said = '';
  vi.stubEnv('LABEL_NOISE_LAB_RUNS', join(folder, 'runs'));
  const write = (text: unknown) => Boolean((said += String(text)));
  vi.spyOn(process.stdout, 'write').mockImplementation(write);
  vi.spyOn(process.stderr, 'write').mockImplementation(write);
  begin(record);
  const epochs = [1, 2, 3, 4, 5, 6];
  for (const epoch of epochs) writeEpoch(record, epoch, [0, 1, epoch % 3, 0, 1, 2], [epoch % 2, 2]);
  writeRows(record, epochs);
  writeHead(record, { ended: '2026-11-29T13:00:00.000Z' });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test.each([false, true])(
  'every place of every sentence is filled in (following: %s)',
  async (follow) => {
    await analyzeRecord(record, { columns: [], chance: 0.1, follow });
    expect(said).toMatch(follow ? /epoch 6/ : /% sure that|Nothing tells them apart/);
    expect(said).not.toMatch(/\{\{|undefined|NaN/);
  },
);

test.each([
  ['--columns', { columns: ['epoch=a'] }],
  ['--holdout', { holdout: 50 }],
  ['--noise-rate', { noiseRate: 0.4 }],
  ['--classes', { classes: 3 }],
])('%s is refused', async (option, given) => {
  const asked = analyzeRecord(record, { columns: [], chance: 0.1, ...given });
  await expect(asked).rejects.toThrow(`needs no ${option}`);
});
