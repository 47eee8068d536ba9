/** Why a log tells nothing of samples that were kept out of training, and what to do. */
import { InputError } from '../contract/words/errors.ts';
import type { Log } from './log.ts';

/** The error of a log without a hold-out, from what stands in its place. */
export function nothingHeld({
  format,
  unsaid,
  tests,
}: {
  format: Log['format'];
  unsaid: readonly string[];
  tests: readonly string[];
}): InputError {
  const [first] = unsaid;
  if (first !== undefined) return new InputError('log.unsaid', { format, first });
  if (tests.length === 0) return new InputError('log.trainingOnly', { format });
  return new InputError('log.testOnly', { format, names: tests, first: tests.at(-1)! });
}
