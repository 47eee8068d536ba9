import type { WrongClass } from './noise.ts';

/** The next class, the last becoming the first (pair flipping, Han et al. 2018). */
export const pair: WrongClass = (label, classes) => (label + 1) % classes;
