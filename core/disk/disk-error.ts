/** What went wrong on a disk, told so that a person can put it right. */

/** Codes of a disk that takes no more, and of one that fails. The other codes speak of a wrong place. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const BROKEN = new Set(['EIO', 'EMFILE', 'ENFILE', 'ENXIO', 'ENODEV', 'ESTALE']);

/** A file that could not be written; whatever stood in its place is untouched. */
export class DiskError extends Error {
  override name = 'DiskError';

  /**
   * @param code of the operating system, such as `ENOSPC`
   * @param path the file or folder as the person knows it, never that of a temporary file
   * @param bytes how many it takes; 0 for a folder
   */
  constructor(
    readonly code: string,
    readonly path: string,
    readonly bytes = 0,
  ) {
    super(messageOf(code, path, bytes));
  }

  /** Whether another place would have done: then it is the person's choice that is wrong. */
  get isWrongPlace(): boolean {
    return !FULL.has(this.code) && !BROKEN.has(this.code);
  }
}

/**
 * The error of a write as one that names the file, what was needed and the cure; errors that are
 * not the disk's stay as they are.
 */
export function diskError(error: unknown, path: string, bytes = 0): unknown {
  if (error instanceof DiskError) return error;
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? new DiskError(code, path, bytes) : error;
}

function messageOf(code: string, path: string, bytes: number): string {
  const needs = bytes > 0 ? ` (it takes ${sizeInWords(bytes)})` : '';
  if (FULL.has(code)) return `${path} was not written${needs}: the disk is full. Make room on it.`;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `${path} cannot be written by this user; change its permissions, or choose another place.`;
    case 'EISDIR':
      return `${path} is a folder; give the name of a file.`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `${path} cannot be made, since a file is in its way; choose another place.`;
    case 'ENOTEMPTY':
      return `${path} is not empty; choose another folder.`;
    case 'ENOENT':
      return `${path} cannot be written: its folder is not there, or takes no files. Choose a folder on a disk.`;
    case 'ENAMETOOLONG':
      return `${path} is too long a name for this disk; choose a shorter one.`;
    case 'EMFILE':
    case 'ENFILE':
      return `${path} was not written${needs}: too many files are open. Close some programs.`;
    default:
      return `${path} was not written${needs}: the disk failed (${code}). Check the disk, or choose another one.`;
  }
}

/** Bytes in the unit that suits them, such as `63.2 kB`. */
export function sizeInWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`;
}
