/** What a kind of noise is. */
import type { Random } from '../random.ts';

/** Which other class a label becomes when it is changed. */
export type WrongClass = (label: number, classes: number, random: Random) => number;
