/** Temporary folders of processes that were killed are taken away by the next one, and no others. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { canMount, smallDisk } from '../small-disk.ts';
import { ownProcess } from '../../core/disk/owner.ts';

const CLI = join(__dirname, '../../dist/core/cli.cjs');
const SMALL = 'data.train=200,data.test=50,training.epochs=1,network.preset=softmax'.split(',');
let folder: string;
let temporary: string;
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'temporary-test-'));
  temporary = join(folder, 'tmp');
  fs.mkdirSync(temporary);
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

let runs = 0;
const args = (more: string[] = []) => [
  CLI,
  'run',
  'mnist-quick',
  ...[...SMALL, ...more].flatMap((setting) => ['--set', setting]),
  ...['--out', join(folder, `run-${runs++}`)],
];
const environment = () => ({ ...process.env, TMPDIR: temporary });

function train(env: NodeJS.ProcessEnv = environment()) {
  return spawnSync(process.execPath, args(), { env, encoding: 'utf8' });
}

/** Kills a run while it has a temporary folder, as it has while it trains. */
async function killed(): Promise<void> {
  const child: ChildProcess = spawn(
    process.execPath,
    args(['training.epochs=500', 'network.preset=lenet']),
    {
      env: environment(),
      stdio: 'ignore',
    },
  );
  await expect
    .poll(() => fs.readdirSync(temporary).length, { timeout: 20_000, interval: 5 })
    .toBe(1);
  child.kill('SIGKILL');
  await new Promise((done) => child.once('exit', done));
}

const { place } = ownProcess();

describe('temporary folders', () => {
  test('are gone after a run that ended, and after the run that follows a killed one', async () => {
    expect(train().status).toBe(0);
    expect(fs.readdirSync(temporary)).toEqual([]);
    await killed();
    expect(fs.readdirSync(temporary)).toHaveLength(1);
    expect(train().status).toBe(0);
    expect(fs.readdirSync(temporary)).toEqual([]);
  });

  test('stay where they may be somebody’s, and links are not followed', () => {
    const precious = join(folder, 'precious');
    fs.mkdirSync(precious);
    fs.writeFileSync(join(precious, 'file'), 'x');
    const dead = `label-noise-lab-${2 ** 22 + 1}-1-${place}`;
    const stays = [
      // This test's own process lives.
      `label-noise-lab-${process.pid}-0-${place}-aaaaaa`,
      `label-noise-lab-${2 ** 22 + 1}-1-00000000-aaaaaa`,
      'label-noise-lab-cli-aaaaaa',
      'label-noise-lab-aaaaaa',
      'other',
    ];
    stays.forEach((name) => fs.mkdirSync(join(temporary, name)));
    fs.symlinkSync(precious, join(temporary, `${dead}-linked`));
    fs.writeFileSync(join(temporary, `${dead}-afilee`), '');
    fs.mkdirSync(join(temporary, `${dead}-inside`));
    fs.symlinkSync(precious, join(temporary, `${dead}-inside`, 'link'));
    stays.push(`${dead}-linked`, `${dead}-afilee`);
    if (canMount) {
      fs.mkdirSync(join(temporary, `${dead}-others`));
      fs.chownSync(join(temporary, `${dead}-others`), 12345, 12345);
      stays.push(`${dead}-others`);
    }
    expect(train().status).toBe(0);
    expect(fs.readdirSync(temporary).sort()).toEqual(stays.sort());
    expect(fs.readFileSync(join(precious, 'file'), 'utf8')).toBe('x');
  });

  test('that cannot be made are told in one sentence', () => {
    const file = join(folder, 'file');
    fs.writeFileSync(file, '');
    const { status, stderr } = train({ ...process.env, TMPDIR: file });
    expect(status).toBe(2);
    expect(stderr.trim().split('\n').at(-1)).toBe(
      `The temporary folder ${file} cannot be written to (ENOTDIR); name another one in TMPDIR.`,
    );
  });

  test.runIf(canMount)('on a full disk are told in one sentence, whose cure helps', () => {
    const disk = smallDisk(8);
    try {
      const { status, stderr } = train({ ...process.env, TMPDIR: disk.path });
      expect(status).toBe(2);
      expect(stderr.trim().split('\n').at(-1)).toBe(
        `The disk of the temporary folder ${disk.path} is full; make room there, or name another folder in TMPDIR.`,
      );
      expect(fs.readdirSync(disk.path)).toEqual([]);
      disk.resize(4096);
      expect(train({ ...process.env, TMPDIR: disk.path }).status).toBe(0);
    } finally {
      disk.end();
    }
  });
});
