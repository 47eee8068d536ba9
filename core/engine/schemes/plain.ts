import type { SchemeKind } from './scheme.ts';

/** One network, and every sample of a batch. */
export const plainTraining: SchemeKind = { id: 'plain', reads: [] };
