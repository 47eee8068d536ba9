/** The packaged app, away from the clone and without Node: it starts and trains. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packagedFolder } from './packaged.ts';

const away = mkdtempSync(join(tmpdir(), 'label-noise-lab-package-'));
beforeAll(() => {
  cpSync(packagedFolder(), join(away, 'app'), { recursive: true, verbatimSymlinks: true });
}, 300_000);
afterAll(() => rmSync(away, { recursive: true, force: true }));

test('trains the ready experiment and writes its report', () => {
  const out = join(away, 'out');
  const args = ['--main-job', '--out', out, '--runs', join(away, 'runs')];
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const { status, stdout, stderr } = spawnSync(
    join(away, 'app', 'label-noise-lab'),
    [...root, ...args],
    {
      cwd: away,
      // No Node on the way, and no settings or caches of the person's.
      env: { DISPLAY: process.env['DISPLAY'], PATH: '/nowhere', HOME: away },
      encoding: 'utf8',
      timeout: 200_000,
    },
  );
  expect([status, stderr.trim().split('\n').at(-1)]).toEqual([0, expect.anything()]);
  expect(stdout).toMatch(/epoch {2}40 /);
  expect(stdout).toMatch(/Stop at epoch \d+ \(\d+ to \d+\)/);
  expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('Stop at epoch');
  expect(readFileSync(join(out, 'metrics.csv'), 'utf8').trim().split('\n')).toHaveLength(42);
  expect(existsSync(join(out, 'window.png'))).toBe(true);
}, 240_000);
