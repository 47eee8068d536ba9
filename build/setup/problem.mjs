// @ts-check

/** A fault that set-up explains in one sentence: what, where, cure. Shown without a stack. */
export class SetUpProblem extends Error {
  /**
   * @param {string} sentence
   * @param {string} [details] the failing tool's own last lines
   */
  constructor(sentence, details) {
    super(details ? `${sentence}\n${details}` : sentence);
  }
}

/** How tools say that there is no room. */
const FULL = /ENOSPC|EDQUOT|no space left on device|disk quota exceeded/i;

/**
 * What a tool of set-up failed at: where its words say that the disk is full, that is told instead.
 * @param {string} sentence
 * @param {string} words the tool's own last lines
 * @param {string} folder where it wrote
 */
export function toolProblem(sentence, words, folder) {
  return FULL.test(words) ? new SetUpProblem(full(folder)) : new SetUpProblem(sentence, words);
}

/**
 * What went wrong, for the person: the file system's refusals have a cure, anything else is a fault
 * of ours and keeps its stack.
 * @param {any} error
 * @returns {string}
 */
export function problemWords(error) {
  if (error instanceof SetUpProblem) return error.message;
  const { code, path, dest } = error ?? {};
  const place = dest ?? path ?? 'the cache';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return full(place);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return refused(place);
    case 'ENOTDIR':
    case 'EEXIST':
      return `Set-up needs a folder at ${place}, where a file is; move it away, and run "npm run setup" again.`;
    case 'EIO':
      return `The disk of ${place} cannot be read or written; check it, and run "npm run setup" again.`;
    default:
      return String(error?.stack ?? error);
  }
}

/** A place that takes nothing. @param {string} place */
export const refused = (place) =>
  `Set-up may not write ${place}; change its permissions, or name another folder for downloads in XDG_CACHE_HOME, and run "npm run setup" again.`;

/** @param {string} place */
const full = (place) =>
  `The disk of ${place} is full; make room (set-up needs about 2 GB at first, 10 GB with --gpu), and run "npm run setup" again.`;
