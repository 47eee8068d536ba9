/** Disks of a few kB and folders that take nothing, for tests of what becomes of files on them. */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small disk that is mounted somewhere. */
export interface SmallDisk {
  path: string;
  /** Takes all the room that is left, by a file `filling`. */
  fill(): void;
  /** Gives it the size at which so many kilobytes are free. */
  leave(kilobytes: number): void;
  /** Gives it another size. */
  resize(kilobytes: number): void;
  end(): void;
}

/** Whether this process may mount one. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0;

/** A folder that takes no files: for root, whom no permission stops, a read-only disk. */
export function closedFolder(): Pick<SmallDisk, 'path' | 'end'> {
  const path = fs.mkdtempSync(join(tmpdir(), 'closed-'));
  if (canMount) mount('-t', 'tmpfs', '-o', 'ro,size=64k', 'tmpfs', path);
  else fs.chmodSync(path, 0o555);
  return { path, end: () => take(path) };
}

/** @throws where it cannot be mounted */
export function smallDisk(kilobytes: number): SmallDisk {
  const path = fs.mkdtempSync(join(tmpdir(), 'small-disk-'));
  mount('-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', path);
  return {
    path,
    fill() {
      const file = fs.openSync(join(path, 'filling'), 'a');
      try {
        for (;;) fs.writeSync(file, Buffer.alloc(4096));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        fs.closeSync(file);
      }
    },
    leave(kilobytes) {
      const { blocks, bfree, bsize } = fs.statfsSync(path);
      const used = ((blocks - bfree) * bsize) / 1024;
      mount('-o', `remount,size=${used + kilobytes}k`, path);
    },
    resize: (size) => mount('-o', `remount,size=${size}k`, path),
    end: () => take(path),
  };
}

function take(path: string): void {
  if (canMount) spawnSync('umount', ['-l', path]);
  fs.rmdirSync(path);
}

function mount(...args: string[]): void {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mount ${args.join(' ')}: ${stderr}`);
}
