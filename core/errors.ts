import { DiskError } from './disk/disk-error.ts';
import { isMemoryShort, MEMORY_SENTENCE } from './memory.ts';
import { plain, shortened } from './protocol/plain.ts';

/** Something that the person can put right: one plain sentence, shown as it is; exit code 2. */
export class InputError extends Error {
  override name = 'InputError';

  /** @param message may quote what a file holds, however long and of whatever signs */
  constructor(message: string) {
    super(shortened(plain(message)));
  }
}

/**
 * The message of anything thrown, on one line. Errors of the file system get their cure.
 * @param place what was being written or read, for errors that do not tell
 */
export function sentence(error: unknown, place = 'the runs folder'): string {
  if (!(error instanceof Error)) return shortened(plain(String(error)));
  // Its message is whole, and names the file as the person knows it.
  if (error instanceof DiskError) return shortened(plain(error.message));
  if (isMemoryShort(error)) return MEMORY_SENTENCE;
  const { code, path } = error as NodeJS.ErrnoException;
  const where = path ?? place;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `The disk of ${where} is full; make room on it.`;
    case 'ENOENT':
      return `${where} is not there; check its name.`;
    case 'EISDIR':
      return `${where} is a folder; give a file.`;
    case 'EIO':
      return `${where} could not be read or written: the disk failed. Check the disk.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `${where} cannot be read or written by this user; change its permissions or choose another folder.`;
    case 'ENOTDIR':
      return `${where} is not a folder; choose another one.`;
    default:
      return shortened(plain(error.message.replace(/\s*\n\s*/g, ' ')));
  }
}

/** What the system refuses once a file is open does not tell which; here it gets the name that a person gave. */
export function named(error: unknown, path: string): unknown {
  const system = error as NodeJS.ErrnoException;
  if (typeof system.syscall === 'string') system.path ??= path;
  return error;
}
