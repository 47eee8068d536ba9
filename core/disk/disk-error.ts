/** What went wrong on a disk, told so that a person can put it right. */
import { errorPhrase, PhrasedError } from '../contract/words/errors.ts';
import { sizeInWords } from '../contract/words/numbers.ts';
import type { Phrase } from '../contract/words/phrase.ts';

/** Codes of a disk that takes no more, and of one that fails. The other codes speak of a wrong place. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const BROKEN = new Set(['EIO', 'EMFILE', 'ENFILE', 'ENXIO', 'ENODEV', 'ESTALE']);

/** What is wrong, by the system's code. */
const CAUSES = {
  EACCES: 'notAllowed',
  EPERM: 'notAllowed',
  EROFS: 'notAllowed',
  EISDIR: 'isFolder',
  ENOTDIR: 'inTheWay',
  EEXIST: 'inTheWay',
  ENOTEMPTY: 'notEmpty',
  ENOENT: 'noFolder',
  ENAMETOOLONG: 'longName',
  EMFILE: 'manyFiles',
  ENFILE: 'manyFiles',
} as const;

/** A file that could not be written; whatever stood in its place is untouched. */
export class DiskError extends PhrasedError {
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
    super(phraseOf(code, path, bytes));
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

function phraseOf(code: string, path: string, bytes: number): Phrase {
  const cause = FULL.has(code) ? 'full' : (CAUSES[code as keyof typeof CAUSES] ?? 'failed');
  const size = bytes > 0 ? errorPhrase('disk.takes', { size: sizeInWords(bytes) }) : '';
  return errorPhrase(`disk.${cause}`, { path, size, code });
}
