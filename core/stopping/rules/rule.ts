/** What a stopping rule is. */
import type { StoppingSignals } from '../signals.ts';

/** A known rule: one file with one of these, and a line in `index.ts`. Its name is the text `verdict.rules`. */
export interface Rule {
  id: string;
  /** The epoch that it says of a log; null where its signal is missing. */
  epochOf: (rows: readonly StoppingSignals[]) => number | null;
}
