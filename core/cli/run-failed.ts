/** A run that did not get to its end. */
import { PhrasedError } from '../contract/words/errors.ts';
import type { Phrase } from '../contract/words/phrase.ts';

/** A run that ended before its time, with its sentence; wrong input is told from a failure by its cause. */
export class RunFailed extends PhrasedError {
  constructor(problem: Phrase, cause: unknown) {
    super(problem, { cause });
  }
}
