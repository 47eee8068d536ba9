/** One owner a folder, whatever claims are left in it and however many ask at once. */
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { isAlive, ownerName, ownerOf, ownProcess } from '../../../core/disk/owner.ts';
import { FolderGone, isLocked, lockFolder, STALE } from '../../../core/run-folder/lock.ts';

let parent: string;
let folder: string;
let made = 0;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'label-noise-lab-lock-'));
});
beforeEach(() => {
  folder = join(parent, `folder-${made++}`);
  mkdirSync(folder);
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

/** Leaves a claim as another process would. */
function leave(pid: number, began: number, place = ownProcess().place): string {
  const path = join(folder, `running-${ownerName({ pid, began, place })}.lock`);
  writeFileSync(path, '');
  return path;
}

test('claims of the dead are no obstacle, and are cleared away', () => {
  // Process numbers end below 2^22 on Linux.
  leave(2 ** 22 + 1, 5);
  // The number of a process that lives, used again since.
  leave(process.ppid, 1);
  expect(isLocked(folder)).toBe(false);
  const lock = lockFolder(folder);
  expect(readdirSync(folder)).toHaveLength(1);
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
});

test('a claim of a living process holds, whatever its time says', () => {
  const began = ownerOf(`${process.ppid}-${readBegan(process.ppid)}-${ownProcess().place}`)!.began;
  const path = leave(process.ppid, began);
  const old = new Date('2001-01-01');
  utimesSync(path, old, old);
  expect(isLocked(folder)).toBe(true);
  expect(() => lockFolder(folder)).toThrow(/being trained by another process/);
  expect(existsSync(path)).toBe(true);
});

const readBegan = (pid: number): number =>
  Number(
    readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')[19],
  );

test('a process that has ended does not own it, though nobody has asked how it ended', async () => {
  // The shell becomes one that never asks what became of its child.
  const script = 'sleep 0.2 & echo $! && exec sleep 20';
  const parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
  const owner = { ...ownProcess(), pid, began: readBegan(pid) };
  expect(isAlive(owner)).toBe(true);
  await expect.poll(() => isAlive(owner), { timeout: 5000 }).toBe(false);
  expect(existsSync(`/proc/${pid}`)).toBe(true);
  parent.kill('SIGKILL');
});

/** A process that owns a folder and is told by a name of another machine: it gives signs of life. */
function ownElsewhere(pace: number) {
  const path = leave(1, 1, '0badcafe');
  const beat = `const now = new Date(); fs.utimesSync(${JSON.stringify(path)}, now, now)`;
  const child = spawn(process.execPath, ['-e', `setInterval(() => { ${beat} }, ${pace})`]);
  return { path, child };
}

test('a process of another machine holds it by its signs of life, though its number is taken here', async () => {
  const { path, child } = ownElsewhere(50);
  const old = new Date(Date.now() - 2 * STALE);
  utimesSync(path, old, old);
  await expect.poll(() => isLocked(folder), { timeout: 5000 }).toBe(true);
  expect(() => lockFolder(folder)).toThrow(/being trained by another process/);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  // It may have started again at once: only silence says that it is dead.
  expect(isLocked(folder)).toBe(true);
  utimesSync(path, old, old);
  const lock = lockFolder(folder);
  expect(existsSync(path)).toBe(false);
  lock.release();
});

test('signs of life are read by the clock of the folder, not by that of this machine', () => {
  leave(1, 1, '0badcafe');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
  try {
    expect(isLocked(folder)).toBe(true);
    expect(() => lockFolder(folder)).toThrow(/being trained by another process/);
  } finally {
    vi.useRealTimers();
  }
});

test('signs of life are given by that clock as well', () => {
  vi.useFakeTimers({ now: Date.now() - 3_600_000 });
  try {
    const lock = lockFolder(folder);
    const path = join(folder, readdirSync(folder)[0]!);
    const old = new Date('2001-01-01');
    utimesSync(path, old, old);
    vi.advanceTimersByTime(STALE / 10);
    vi.useRealTimers();
    expect(Math.abs(statSync(path).mtimeMs - Date.now())).toBeLessThan(STALE / 10);
    lock.release();
  } finally {
    vi.useRealTimers();
  }
  expect(readdirSync(folder)).toEqual([]);
});

test('an owner that was taken for dead notices that another one has it', () => {
  const lock = lockFolder(folder);
  const path = join(folder, readdirSync(folder)[0]!);
  const name = basename(path).replace(/[0-9a-f]{8}\.lock$/, '0badcafe.lock');
  // What another machine does after long silence: its own claim, and this one goes.
  writeFileSync(join(folder, name), '');
  rmSync(path);
  expect(() => lock.check()).toThrow(FolderGone);
  lock.release();
  expect(readdirSync(folder)).toEqual([name]);
});

test.each([
  ['a moment ago', 0, true],
  ['long ago', -3_600_000, false],
  ['in the future', 3_600_000, false],
])('another machine owns it where its sign of life is of %s', (_when, offset, owned) => {
  const path = leave(1, 1, '0badcafe');
  const time = new Date(Date.now() + offset);
  utimesSync(path, time, time);
  expect(isLocked(folder)).toBe(owned);
});

test('names that tell no owner are not claims', () => {
  for (const name of ['running.json', 'running-.lock', 'running-1.lock', 'running-1-2-zz.lock']) {
    writeFileSync(join(folder, name), '{"pid":1}');
  }
  expect(isLocked(folder)).toBe(false);
  lockFolder(folder).release();
});

test('an owner notices that its folder was moved, deleted or replaced', () => {
  const lock = lockFolder(folder);
  lock.check();
  renameSync(folder, `${folder}-moved`);
  expect(() => lock.check()).toThrow(FolderGone);
  mkdirSync(folder);
  expect(() => lock.check()).toThrow(/was moved, deleted or replaced/);
  leave(process.pid, ownProcess().began);
  expect(() => lock.check()).toThrow(FolderGone);
});

test('this process lives, and one that was killed does not', async () => {
  expect(isAlive(ownProcess())).toBe(true);
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
  await new Promise((resolve) => child.once('spawn', resolve));
  const owner = { ...ownProcess(), pid: child.pid!, began: readBegan(child.pid!) };
  expect(isAlive(owner)).toBe(true);
  expect(isAlive({ ...owner, began: owner.began + 1 })).toBe(false);
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
  expect(isAlive(owner)).toBe(false);
});
