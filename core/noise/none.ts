import { rowsOf, stays } from './noise.ts';
import type { NoiseKind } from './noise.ts';

/** Labels stay as they are. */
export const none: NoiseKind = {
  id: 'none',
  reads: [],
  corrupt: ({ labels }) => labels.slice(),
  asked: ({ classes: { length } }) => rowsOf(length, (label) => stays(length, label)),
};
