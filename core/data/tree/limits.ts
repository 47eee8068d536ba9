/** What an archive may ask of this machine, and which paths it may name. */
import { InputError } from '../../contract/words/errors.ts';

/** Unpacked bytes of one file; more do not fit into one array of every Node. */
export const MOST_OF_ONE = 2 ** 31 - 1;
/** Unpacked bytes of all files together. */
const MOST_OF_ALL = 2 ** 32;
/** Deflate reaches 1,032 to 1; data sets stay far below this, bombs do not. */
export const MOST_RATIO = 200;
/** Below this a ratio says nothing: a few zeros compress as well as a bomb. */
export const HARMLESS = 2 ** 26;
/** More files than any data set of up to a million samples has. */
export const MOST_FILES = 2_000_000;

/** Counts what is unpacked. */
export interface Budget {
  /**
   * Counts more bytes, or checks how many will come.
   * @throws InputError where that is too much
   */
  spend(bytes: number): void;
  /** @throws InputError where one file of this size would be too much; counts nothing */
  check(bytes: number): void;
}

/**
 * A budget for what `where` unpacks to.
 * @param packed its bytes before
 */
export function budgetOf(where: string, packed: number, most = MOST_OF_ALL): Budget {
  let spent = 0;
  const check = (bytes: number) => {
    if (bytes > most) {
      throw new InputError('archive.unpacked', { where, most: (most / 2 ** 30).toFixed(0) });
    }
    if (bytes > HARMLESS && bytes > MOST_RATIO * packed) {
      throw new InputError('archive.bomb', { where, most: MOST_RATIO });
    }
  };
  return {
    check,
    spend: (bytes) => check((spent += bytes)),
  };
}

/**
 * A path inside an archive, with `/` between folders and no `./` before it.
 * @throws InputError where it is absolute or climbs out
 */
export function innerPath(archive: string, name: string): string {
  const path = name.replaceAll('\\', '/').replace(/^(\.\/+)+/, '');
  if (/^(\/|[A-Za-z]:)/.test(path) || path.split('/').includes('..') || path.includes('\0')) {
    throw new InputError('archive.pathOut', { where: archive, name: shortName(name) });
  }
  return path;
}

/** @throws InputError always: a link may lead anywhere */
export function refuseLink(where: string, name: string): never {
  throw new InputError('archive.linkOut', { where, name: shortName(name) });
}

/** A name from outside, not endless. */
export function shortName(name: string): string {
  return name.slice(0, 120);
}
