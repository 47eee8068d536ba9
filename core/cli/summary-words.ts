/** A run's summary as a command prints it. */
import { verdictInWords } from '../contract/messages/verdict.ts';
import type { Summary } from '../run-folder/summary.ts';
import { t, words } from '../terminal/language.ts';

/** A summary with sentences where people read them, and their codes beside. */
export function summaryInWords({ verdict, problem, ...summary }: Summary) {
  return {
    ...summary,
    problem: problem && words(problem),
    problemCode: problem,
    verdict: verdict && verdictInWords(verdict, t),
  };
}
