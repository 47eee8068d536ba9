import type { Rule } from './rule.ts';

/** The last epoch: no stop at all. */
export const last: Rule = { id: 'last', epochOf: (rows) => rows.at(-1)?.epoch ?? null };
