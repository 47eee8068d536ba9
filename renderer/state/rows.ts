/** Rows of runs, changed. */
import type { RunRow } from '../../core/contract/messages/records.ts';

/** What of a row its name stands in. */
export const renamedRow = ({ config, recorded }: RunRow, name: string): Partial<RunRow> => ({
  name,
  config: config && { ...config, name },
  recorded: recorded && { ...recorded, name },
});
