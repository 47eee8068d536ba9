/** The packaged app, away from the clone and without Node: how it is locked, and that it trains. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tracesIn } from '../../build/package/traces.mjs';
import { folderBytes } from '../../build/setup/files.mjs';
import { packagedFolder } from './packaged.ts';

const away = mkdtempSync(join(tmpdir(), 'label-noise-lab-package-'));
beforeAll(() => {
  cpSync(packagedFolder(), join(away, 'app'), { recursive: true, verbatimSymlinks: true });
}, 300_000);
afterAll(() => rmSync(away, { recursive: true, force: true }));

test('has its fuses set', async () => {
  const wire = await getCurrentFuseWire(join(away, 'app', 'label-noise-lab'));
  const is = (fuse: FuseV1Options) => FuseState[wire[fuse]!];
  expect({
    runAsNode: is(FuseV1Options.RunAsNode),
    nodeOptions: is(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: is(FuseV1Options.EnableNodeCliInspectArguments),
    asarOnly: is(FuseV1Options.OnlyLoadAppFromAsar),
    asarIntegrity: is(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    fileProtocol: is(FuseV1Options.GrantFileProtocolExtraPrivileges),
    cookies: is(FuseV1Options.EnableCookieEncryption),
    snapshot: is(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
  }).toEqual({
    runAsNode: 'DISABLE',
    nodeOptions: 'DISABLE',
    inspect: 'DISABLE',
    asarOnly: 'ENABLE',
    asarIntegrity: 'ENABLE',
    fileProtocol: 'DISABLE',
    cookies: 'DISABLE',
    snapshot: 'DISABLE',
  });
});

test('trains the ready experiment and writes its report, and takes no other orders', () => {
  const [marker, script] = [join(away, 'marker'), join(away, 'script.cjs')];
  writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '')`);
  const out = join(away, 'out');
  const args = ['--main-job', '--out', out, '--runs', join(away, 'runs')];
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const { status, stdout, stderr } = spawnSync(
    join(away, 'app', 'label-noise-lab'),
    [...root, '--inspect=0', ...args, script],
    {
      cwd: away,
      // No Node on the way, and no settings or caches of the person's.
      env: {
        DISPLAY: process.env['DISPLAY'],
        PATH: '/nowhere',
        HOME: away,
        ELECTRON_RUN_AS_NODE: '1',
        NODE_OPTIONS: `--require ${script}`,
      },
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
  expect(existsSync(marker)).toBe(false);
  expect(stderr).not.toContain('Debugger listening');
}, 240_000);

test('is its own command line, without a display and without Node', () => {
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const asked = [
    'sweep',
    'synthetic',
    '--over',
    'noise.rate=0.1,0.2',
    '--set',
    'training.epochs=2',
  ];
  const { status, stdout } = spawnSync(
    join(away, 'app', 'label-noise-lab'),
    [...root, ...asked, '--out', join(away, 'sweep'), '--json'],
    { cwd: away, env: { PATH: '/nowhere', HOME: away }, encoding: 'utf8', timeout: 200_000 },
  );
  const { runs } = JSON.parse(stdout) as { runs: { status: string }[] };
  expect([status, runs.map((run) => run.status)]).toEqual([0, ['finished', 'finished']]);
}, 240_000);

test('is small, and tells nothing of this machine', () => {
  const folder = join(away, 'app');
  expect(folderBytes(folder)).toBeLessThan(900e6);
  expect(tracesIn(folder)).toEqual([]);
  writeFileSync(join(folder, 'trace.txt'), `made in ${process.cwd()}`);
  mkdirSync(join(folder, 'build-tmp-napi-v8'));
  const names = tracesIn(folder).map((path) => basename(path));
  expect(names.sort()).toEqual(['build-tmp-napi-v8', 'trace.txt']);
}, 120_000);
