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
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isAlive, ownerName, ownerOf, ownProcess } from '../../../core/disk/owner.ts';
import { FolderGone, isLocked, lockFolder } from '../../../core/run-folder/lock.ts';

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
function leave(pid: number, began: number, host = ownProcess().host): string {
  const path = join(folder, `running-${ownerName({ pid, began, host })}.lock`);
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
  const began = ownerOf(`${process.ppid}-${readBegan(process.ppid)}-${ownProcess().host}`)!.began;
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
