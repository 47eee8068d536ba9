/** A disk that fails at a chosen call, below the code that is tested: Node's own `fs`. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** The calls that change a disk. */
export const CALLS = [
  'openSync',
  'writeSync',
  'fsyncSync',
  'renameSync',
  'mkdirSync',
  'ftruncateSync',
] as const;
type Call = (typeof CALLS)[number];

/** `short` writes half of what it was given, says so, and takes nothing more. */
export type Fault = 'short' | 'ENOSPC' | 'EIO';

/** What went on while a disk was watched. */
export interface Watched {
  /** Every call that changed the disk, in order. */
  calls: Call[];
  /** Gives Node its own calls back. */
  mend: () => void;
}

/**
 * Counts the calls, and fails from the one with the number on, for files below a folder.
 * @param at from 0; Infinity to count alone
 * @param once whether only that one call fails, as from a disk with a bad spot
 */
export function breakDisk(folder: string, at: number, fault: Fault, once = false): Watched {
  const own = Object.fromEntries(CALLS.map((call) => [call, fs[call]])) as Pick<typeof fs, Call>;
  const close = fs.closeSync;
  const open = own.openSync as (path: string, flags?: string, mode?: number) => number;
  const calls: Call[] = [];
  const files = new Set<number>();
  const isDue = (): boolean => (once ? calls.length - 1 === at : calls.length - 1 >= at);
  const failure = (call: string): Error =>
    Object.assign(new Error(`${fault}: ${call}`), { code: fault === 'EIO' ? 'EIO' : 'ENOSPC' });
  const guard = (call: Call, target: unknown, run: () => unknown): unknown => {
    const isOurs =
      typeof target === 'number' ? files.has(target) : String(target).startsWith(folder);
    if (!isOurs) return run();
    calls.push(call);
    if (isDue() && call !== 'ftruncateSync') throw failure(call);
    return run();
  };
  const writes = (...args: Parameters<typeof fs.writeSync>): number => {
    const [file, bytes, offset, length, place] = args as unknown as [
      number,
      Uint8Array,
      number,
      number,
      number | null,
    ];
    if (!files.has(file)) return own.writeSync(...args);
    calls.push('writeSync');
    if (!isDue()) return own.writeSync(...args);
    const isFirst = calls.length - 1 === at;
    if (fault !== 'short' || (!isFirst && !once)) throw failure('write');
    return own.writeSync(file, bytes, offset, Math.floor(length / 2), place);
  };
  Object.assign(fs, {
    openSync(path: string, ...rest: [string?, number?]) {
      // Opening for reading changes nothing.
      if (rest[0] === undefined || rest[0] === 'r') {
        const file = open(path, ...rest);
        if (String(path).startsWith(folder)) files.add(file);
        return file;
      }
      const file = guard('openSync', path, () => open(path, ...rest)) as number;
      if (String(path).startsWith(folder)) files.add(file);
      return file;
    },
    closeSync(file: number) {
      files.delete(file);
      close(file);
    },
    writeSync: writes,
    fsyncSync: (file: number) => guard('fsyncSync', file, () => own.fsyncSync(file)),
    renameSync: (from: string, to: string) =>
      guard('renameSync', to, () => own.renameSync(from, to)),
    mkdirSync: (path: string, options?: fs.MakeDirectoryOptions) =>
      guard('mkdirSync', path, () => own.mkdirSync(path, options)),
    ftruncateSync: (file: number, length: number) =>
      guard('ftruncateSync', file, () => own.ftruncateSync(file, length)),
  });
  syncBuiltinESMExports();
  return {
    calls,
    mend() {
      Object.assign(fs, own, { closeSync: close });
      syncBuiltinESMExports();
    },
  };
}
