/** Set-up: its lock with real processes, its disk full or closed, and what it unpacked. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fillFolder, replaceJson } from '../../build/setup/files.mjs';
import { alone } from '../../build/setup/lock.mjs';
import { SetUpProblem, toolProblem, problemWords } from '../../build/setup/problem.mjs';
import { startOf } from '../../build/setup/process-start.mjs';
import { damageIn, fingerprintOf, writeManifest } from '../../build/setup/whole.mjs';
import { canMount, closedFolder, smallDisk } from '../small-disk.ts';

let folder: string;
beforeEach(() => void (folder = fs.mkdtempSync(join(tmpdir(), 'set-up-test-'))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const lock = () => join(folder, 'set-up.lock');

/** Whether the lock can be had within a second; work that was begun is waited for. */
async function isFree(): Promise<boolean> {
  let had = false;
  const work = alone(async () => void (had = true), folder);
  await Promise.race([work, new Promise((done) => setTimeout(done, 1000))]);
  const free = had;
  fs.rmSync(lock(), { force: true });
  await work;
  return free;
}

/** A process that does something alone until it is killed. */
async function holder(): Promise<ChildProcess> {
  const program =
    `import { alone } from ${JSON.stringify(resolve('build/setup/lock.mjs'))};` +
    `await alone(() => { console.log('has it'); setInterval(() => {}, 1e6); return new Promise(() => {}); }, ${JSON.stringify(folder)});`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((done) => child.stdout.once('data', done));
  return child;
}

const ended = (child: ChildProcess) => new Promise((done) => child.once('exit', done));

describe('the lock of set-up', () => {
  it('keeps others out while its owner lives, and no longer', async () => {
    const child = await holder();
    expect(JSON.parse(fs.readFileSync(lock(), 'utf8'))).toMatchObject({ pid: child.pid });
    let had = false;
    const work = alone(async () => void (had = true), folder);
    await new Promise((done) => setTimeout(done, 700));
    expect(had).toBe(false);
    child.kill('SIGKILL');
    await ended(child);
    await work;
    expect(had).toBe(true);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['is empty', ''],
    ['holds a number only, as older ones did', String(process.pid)],
    ['holds no owner', '{}'],
    ['is cut short', `{"pid":${process.pid},"star`],
    ['names a dead process', JSON.stringify({ pid: 2 ** 22 + 1, started: '1' })],
    ['names a reused number', JSON.stringify({ pid: process.pid, started: '1' })],
    ['has a number that is no number', JSON.stringify({ pid: 'x', started: null })],
  ])('is nobody’s where it %s', async (_, text) => {
    fs.writeFileSync(lock(), text);
    expect(await isFree()).toBe(true);
  });

  it('is nobody’s where its owner is gone, whatever its time', async () => {
    fs.writeFileSync(lock(), JSON.stringify({ pid: process.pid, started: '1' }));
    const future = new Date(Date.now() + 1e10);
    fs.utimesSync(lock(), future, future);
    expect(await isFree()).toBe(true);
  });

  it('is this process’s where it names it rightly', async () => {
    fs.writeFileSync(lock(), JSON.stringify({ pid: process.pid, started: startOf(process.pid) }));
    expect(await isFree()).toBe(false);
  });

  it('is had by one at a time of many that find a dead one', async () => {
    fs.writeFileSync(lock(), '');
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise((done) => setTimeout(done, 5));
      inside--;
    };
    await Promise.all(Array.from({ length: 5 }, () => alone(work, folder)));
    expect(most).toBe(1);
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});

/** `npm run setup` with its cache at a place, to its first words and its end. */
function setUpIn(cache: string) {
  const env = { ...process.env, XDG_CACHE_HOME: cache };
  const { status, stderr } = spawnSync(process.execPath, ['build/setup.mjs'], {
    env,
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, lines: stderr.trim().split('\n') };
}

describe('a cache that cannot be written', () => {
  it('is told in one sentence with the cure', () => {
    const file = join(folder, 'file');
    fs.writeFileSync(file, '');
    const closed = closedFolder();
    try {
      const places = [file, join(file, 'below'), closed.path, '/proc/self/fdinfo'];
      for (const place of places.filter((one) => !one.startsWith('/proc') || canMount)) {
        const { status, lines } = setUpIn(place);
        expect([status, lines.length], lines.join('\n')).toEqual([1, 1]);
        expect(lines[0]).toContain(place);
        expect(lines[0]).toMatch(/ run "npm run setup" again\.$/);
      }
    } finally {
      closed.end();
    }
  });

  it('is told of every refusal of the file system', () => {
    for (const code of ['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EIO']) {
      const words = problemWords(Object.assign(new Error('raw'), { code, path: '/the/place' }));
      expect(words, code).toMatch(/^[^\n]*\/the\/place[^\n]*"npm run setup" again\.$/);
      expect(words).not.toMatch(/raw|E[A-Z]{3,}/);
    }
    expect(problemWords(new SetUpProblem('One sentence.'))).toBe('One sentence.');
    expect(problemWords(new Error('a fault of ours'))).toContain('set-up.test');
  });

  it('is told where a tool met it', () => {
    const said = 'ERROR: Could not install packages: [Errno 28] No space left on device';
    expect(toolProblem('pip failed.', said, '/cache').message).toMatch(
      /^The disk of \/cache is full/,
    );
    expect(toolProblem('pip failed.', 'no network', '/cache').message).toBe(
      'pip failed.\nno network',
    );
  });
});

describe('a full disk', () => {
  const fill = (beside: string) => {
    fs.writeFileSync(join(beside, 'small'), 'x');
    fs.writeFileSync(join(beside, 'large'), Buffer.alloc(1 << 20));
    return Promise.resolve();
  };

  it.runIf(canMount)('leaves nothing half made, and is told', async () => {
    const disk = smallDisk(64);
    try {
      const failed: unknown = await fillFolder(join(disk.path, 'made'), fill).catch((e) => e);
      expect(failed).toMatchObject({ code: 'ENOSPC' });
      expect(problemWords(failed)).toMatch(/is full; make room/);
      expect(fs.readdirSync(disk.path)).toEqual([]);
      const stamp = join(disk.path, 'stamp.json');
      fs.writeFileSync(stamp, '{"old": true}');
      disk.fill();
      expect(() => replaceJson(stamp, { large: 'x'.repeat(1 << 17) })).toThrow(/ENOSPC/);
      expect(fs.readFileSync(stamp, 'utf8')).toBe('{"old": true}');
      await expect(alone(() => Promise.resolve(), disk.path)).rejects.toThrow(/ENOSPC/);
      expect(fs.readdirSync(disk.path).sort()).toEqual(['filling', 'stamp.json']);
      const { status, lines } = setUpIn(disk.path);
      expect([status, lines.length], lines.join('\n')).toEqual([1, 1]);
      expect(lines[0]).toMatch(/ is full; make room .* "npm run setup" again\.$/);
    } finally {
      disk.end();
    }
  });

  it('leaves nothing half made, wherever it is met', async () => {
    const full = () => {
      throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', path: folder });
    };
    const made = join(folder, 'made');
    await expect(
      fillFolder(made, async (beside) => {
        await fill(beside);
        full();
      }),
    ).rejects.toThrow(/ENOSPC/);
    expect(fs.readdirSync(folder)).toEqual([]);
    // A folder where the file should be refuses the rename as a full disk refuses the bytes.
    fs.mkdirSync(join(made, 'inside'), { recursive: true });
    expect(() => replaceJson(made, {})).toThrow();
    expect(fs.readdirSync(folder)).toEqual(['made']);
  });
});

describe('what was unpacked', () => {
  beforeEach(async () => {
    fs.mkdirSync(join(folder, 'locales'));
    for (const name of ['electron', 'icudtl.dat', 'locales/en.pak']) {
      fs.writeFileSync(join(folder, name), `the bytes of ${name}`);
    }
    fs.symlinkSync('electron', join(folder, 'link'));
    await writeManifest(folder);
  });

  it('is whole as it was made', async () => {
    expect(await damageIn(folder)).toBeNull();
    expect(await damageIn(join(folder, 'locales'))).toBe(join(folder, 'locales'));
  });

  const damages: [string, string, (path: string) => void][] = [
    ['a changed byte', 'icudtl.dat', (path) => fs.writeFileSync(path, 'the bytes of icudtl.dab')],
    ['a cut', 'locales/en.pak', (path) => fs.truncateSync(path, 3)],
    ['a missing file', 'electron', (path) => fs.rmSync(path)],
    ['an added file', 'libadded.so', (path) => fs.writeFileSync(path, 'x')],
    [
      'a link elsewhere',
      'link',
      (path) => {
        fs.rmSync(path);
        fs.symlinkSync('/bin/sh', path);
      },
    ],
    [
      'a link in place of a file',
      'electron',
      (path) => {
        fs.renameSync(path, join(folder, 'icudtl.dat'));
        fs.symlinkSync('icudtl.dat', path);
      },
    ],
  ];
  it.each(damages)('is seen to have %s', async (_, name, damage) => {
    const before = fingerprintOf(folder);
    damage(join(folder, name));
    expect(await damageIn(folder)).toMatch(new RegExp(`/(${name}|icudtl.dat)$`));
    expect(fingerprintOf(folder)).not.toBe(before);
  });
});

it('every file of the development host and of TensorFlow is in such a manifest', async () => {
  const { libraryFolder } = await import('../../build/setup/tensorflow-library.mjs');
  const { fallbackFolder } = await import('../../build/setup/electron-fallback.mjs');
  const there = [libraryFolder, fallbackFolder].filter((place) => fs.existsSync(place));
  for (const place of there) {
    const { files } = JSON.parse(fs.readFileSync(join(place, 'manifest.json'), 'utf8'));
    const entries = fs.readdirSync(place, { recursive: true, withFileTypes: true });
    const onDisk = entries.filter(
      (entry) => !entry.isDirectory() && entry.name !== 'manifest.json',
    );
    expect(Object.keys(files)).toHaveLength(onDisk.length);
  }
});
