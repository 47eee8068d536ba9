import type { WrongClass } from './noise.ts';

/** Any other class, each as likely (symmetric noise, the kind of the paper's experiments). */
export const symmetric: WrongClass = (label, classes, random) => {
  const other = random.below(classes - 1);
  return other < label ? other : other + 1;
};
