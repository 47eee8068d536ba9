/** Run folders of versions without checksums: they open, go on, and have them from then on. */
import { said } from '../../unit/said.ts';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportText } from '../../../core/report/index.ts';
import { beginRun, reopenRun } from '../../../core/runs/begin.ts';
import { executeRun } from '../../../core/runs/execute.ts';
import { checkWhole } from '../../../core/run-folder/check.ts';
import { paths } from '../../../core/run-folder/files.ts';
import { listRuns } from '../../../core/run-folder/list.ts';
import { runView } from '../../../core/run-folder/views.ts';
import { endOf, smallConfig, temporaryFolder } from './small-run.ts';

const EPOCHS = 6;
const { path: folder, remove } = temporaryFolder();
const whole = join(folder, 'whole');
const old = join(folder, 'runs', 'old');
const cut = join(folder, 'runs', 'cut');

/** Takes away what older versions did not write. */
function makeOld(run: string): void {
  rmSync(paths.sums(run));
  for (const path of [paths.config(run), paths.summary(run)].filter(existsSync)) {
    const {
      sha256: _sha,
      sums: _sums,
      link: _link,
      ...rest
    } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    writeFileSync(path, JSON.stringify(rest));
  }
}

beforeAll(async () => {
  await executeRun(await beginRun(whole, smallConfig(EPOCHS)));
  cpSync(whole, old, { recursive: true });
  makeOld(old);
  let epochs = 0;
  await executeRun(await beginRun(cut, smallConfig(EPOCHS)), {
    epoch: () => epochs++,
    stopped: () => epochs > 3,
  });
  makeOld(cut);
  rmSync(paths.summary(cut));
  writeFileSync(paths.metrics(cut), '{"epoch":', { flag: 'a' });
});
afterAll(remove);

test('they are listed and opened as they were', () => {
  const { rows, problem } = listRuns(join(folder, 'runs'));
  expect(problem).toBeNull();
  expect(rows.map(({ id, status, lastEpoch }) => [id, status, lastEpoch]).sort()).toEqual([
    ['cut', 'interrupted', 3],
    ['old', 'finished', EPOCHS],
  ]);
  expect(runView(old).epochs).toEqual(runView(whole).epochs);
  expect(checkWhole(old).sums).toBeNull();
});

test('rows that do not fit their summary are told', () => {
  const damaged = join(folder, 'damaged');
  cpSync(old, damaged, { recursive: true });
  const lines = readFileSync(paths.metrics(damaged), 'utf8').split('\n').slice(0, 3);
  writeFileSync(paths.metrics(damaged), `${lines.join('\n')}\n`);
  const { status, problem } = runView(damaged).row;
  expect(status).toBe('interrupted');
  expect(said([problem!]).join()).toMatch(/metrics\.jsonl is damaged or cut\. Epochs 0 to 2/);
  expect(reportText(damaged, 'html')).toContain('metrics.jsonl is damaged or cut.');
});

test('changed labels are noticed by the CRC that their file has', () => {
  const damaged = join(folder, 'labels');
  cpSync(old, damaged, { recursive: true });
  const bytes = readFileSync(paths.labels(damaged));
  bytes[bytes.indexOf('train_given') + 200]! ^= 1;
  writeFileSync(paths.labels(damaged), bytes);
  expect(() => runView(damaged)).toThrow(/labels\.npz is damaged/);
});

test('resumed, they end as they would have, and are checked from then on', async () => {
  await executeRun(await reopenRun(cut));
  expect(endOf(cut)).toEqual(endOf(whole));
  expect(checkWhole(cut).sums).toHaveLength(EPOCHS + 1);
  const row = readFileSync(paths.metrics(cut), 'utf8').replace('"epoch":2', '"epoch": 2');
  writeFileSync(paths.metrics(cut), row);
  expect(said([checkWhole(cut).damage!]).join()).toMatch(/Epochs 0 to 1 are whole/);
});

test('data that changed since are refused', async () => {
  const run = join(folder, 'changed');
  cpSync(whole, run, { recursive: true });
  makeOld(run);
  rmSync(paths.summary(run));
  const stored = JSON.parse(readFileSync(paths.config(run), 'utf8')) as {
    config: { noise: { seed: number } };
  };
  stored.config.noise.seed += 1;
  writeFileSync(paths.config(run), JSON.stringify(stored));
  await expect(reopenRun(run)).rejects.toThrow(/now gives different samples or labels than when/);
});
