/** The door for writing: whole files or none, at every call that a disk can fail at. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sizeInWords } from '../../../core/contract/words/numbers.ts';
import { DiskError } from '../../../core/disk/disk-error.ts';
import { isSealed, writeSealed } from '../../../core/disk/sealed.ts';
import {
  appendLine,
  FileChanged,
  makeFolder,
  sweepParts,
  writeFolder,
  writeWhole,
} from '../../../core/disk/write.ts';
import { breakDisk } from './faulty-disk.ts';
import type { Fault } from './faulty-disk.ts';

let parent: string;
let folder: string;
let made = 0;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'label-noise-lab-door-'));
});
beforeEach(() => {
  folder = join(parent, `folder-${made++}`);
  mkdirSync(folder);
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const FAULTS: Fault[] = ['short', 'ENOSPC', 'EIO'];

/** Runs work with a disk that fails at each call in turn, and tells what was thrown. */
function failEverywhere(fault: Fault, work: () => void, after: (error: unknown) => void): number {
  const watched = breakDisk(folder, Infinity, fault);
  work();
  watched.mend();
  for (let at = 0; at < watched.calls.length; at++) {
    const broken = breakDisk(folder, at, fault);
    let error: unknown = null;
    try {
      work();
    } catch (thrown) {
      error = thrown;
    } finally {
      broken.mend();
    }
    after(error);
  }
  return watched.calls.length;
}

describe.each(FAULTS)('a disk that fails by %s', (fault) => {
  test('leaves the old file or the new one, nothing beside it, and says what it takes', () => {
    const path = join(folder, 'file.bin');
    writeWhole(path, 'old');
    const content = Buffer.alloc(63_200, 7);
    const calls = failEverywhere(
      fault,
      () => writeWhole(path, content),
      (error) => {
        const now = readFileSync(path);
        expect(now.equals(content) || now.toString() === 'old').toBe(true);
        if (error === null) expect(now.equals(content)).toBe(true);
        else expect(String(error)).toContain(`${path} was not written (it takes 63.2 kB)`);
        expect(readdirSync(folder)).toEqual(['file.bin']);
        rmSync(path);
        writeWhole(path, 'old');
      },
    );
    expect(calls).toBeGreaterThanOrEqual(5);
  });

  test('leaves a growing file as it was, or a line longer', () => {
    const path = join(folder, 'rows.jsonl');
    writeFileSync(path, 'first\n');
    failEverywhere(
      fault,
      () => {
        writeFileSync(path, 'first\n');
        appendLine(path, 'second', 6);
      },
      (error) => {
        const now = readFileSync(path, 'utf8');
        if (error === null) expect(now).toBe('first\nsecond\n');
        // A line whose fsync failed is there; its run counts the epoch as not trained.
        else expect(['first\n', 'first\nsecond\n']).toContain(now);
      },
    );
  });

  test('makes a folder whole or not at all', () => {
    const target = join(folder, 'export');
    failEverywhere(
      fault,
      () =>
        writeFolder(target, (beside) => {
          writeWhole(join(beside, 'a'), 'a'.repeat(100));
          writeWhole(join(beside, 'b'), 'b'.repeat(100));
        }),
      (error) => {
        if (error instanceof DiskError) {
          expect(error.message).toContain(folder);
          expect(error.message).not.toContain('.part');
        }
        if (existsSync(target)) expect(readdirSync(target).sort()).toEqual(['a', 'b']);
        expect(readdirSync(folder).filter((name) => name !== 'export')).toEqual([]);
        rmSync(target, { recursive: true, force: true });
      },
    );
  });
});

test('one short write is gone on with', () => {
  const path = join(folder, 'file.bin');
  const content = Buffer.from('0123456789'.repeat(1000));
  const watched = breakDisk(folder, 1, 'short', true);
  writeWhole(path, content);
  watched.mend();
  expect(watched.calls.filter((call) => call === 'writeSync')).toHaveLength(2);
  expect(readFileSync(path).equals(content)).toBe(true);
});

test('a file that something else wrote to is not appended to', () => {
  const path = join(folder, 'rows.jsonl');
  const end = appendLine(path, 'first', 0);
  expect(end).toBe(6);
  writeFileSync(path, 'first\nother\n');
  expect(() => appendLine(path, 'second', end)).toThrow(FileChanged);
  expect(() => appendLine(path, 'second', 0)).toThrow(FileChanged);
  rmSync(path);
  expect(() => appendLine(path, 'second', end)).toThrow(/rows\.jsonl cannot be written/);
});

test('links stay links, and permissions stay', () => {
  const target = join(folder, 'target.txt');
  writeFileSync(target, 'old');
  chmodSync(target, 0o640);
  const link = join(folder, 'link.txt');
  symlinkSync(target, link);
  writeWhole(link, 'new');
  expect(readFileSync(target, 'utf8')).toBe('new');
  expect(statSync(target).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder).sort()).toEqual(['link.txt', 'target.txt']);
});

test('a device is written to and stays one', () => {
  expect(() => writeWhole('/dev/full', 'x'.repeat(10))).toThrow(/\/dev\/full was not written/);
  writeWhole('/dev/null', 'x');
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});

test.each([
  ['a folder', () => writeWhole(folder, 'x'), /is a folder; give the name of a file/],
  ['a missing folder', () => writeWhole(join(folder, 'no/x'), 'x'), /its folder is not there/],
  ['a place that is no disk', () => makeFolder('/proc/x/y'), /\/proc\/x\/y cannot be written/],
  ['a name too long', () => makeFolder(join(folder, 'n'.repeat(300))), /too long a name/],
])('%s is refused in one sentence', (_what, work, sentence) => {
  expect(work).toThrow(DiskError);
  expect(work).toThrow(sentence);
});

test('a folder below a file is refused, and nothing is made', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(join(file, 'x'))).toThrow(/a file is in its place/);
  expect(() => makeFolder(file)).toThrow(/a file is in its place/);
});

test('what a kill left is swept up, and nothing else', () => {
  for (const name of ['.a.0.part', 'keep.txt', 'partly']) writeFileSync(join(folder, name), '');
  mkdirSync(join(folder, '.b.1.part'));
  sweepParts(folder);
  expect(readdirSync(folder).sort()).toEqual(['keep.txt', 'partly']);
});

test('a sealed file says whether it was changed', () => {
  const path = join(folder, 'sealed.json');
  const value = { 10: 'a', 2: 'b', text: 'Ünïcode', none: undefined, list: [1.5, -0, null] };
  writeSealed(path, value);
  const text = readFileSync(path, 'utf8');
  expect(isSealed(JSON.parse(text))).toBe(true);
  expect(isSealed(JSON.parse(text.replace('1.5', '1.6')))).toBe(false);
  expect(isSealed({ text: 'of an older version' })).toBeNull();
});

test('sizes are told in the unit that suits them', () => {
  expect([1, 999, 63_200, 5e6, 7.25e9].map(sizeInWords)).toEqual([
    '1 bytes',
    '999 bytes',
    '63.2 kB',
    '5.00 MB',
    '7.25 GB',
  ]);
});
