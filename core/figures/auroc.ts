/** How well a number tells two groups apart. */
import { wilcoxonRankSum } from 'simple-statistics';

/**
 * The area under the ROC curve: the chance that a value of `above` is larger than one of `below`,
 * ties counting half. 0.5 where the groups cannot be told apart, 1 where all of `above` are larger.
 * By the rank sum (Mann, Whitney 1947). @returns null where a group is empty
 */
export function auroc(above: readonly number[], below: readonly number[]): number | null {
  const [a, b] = [above.length, below.length];
  if (a === 0 || b === 0) return null;
  return (wilcoxonRankSum([...above], [...below]) - (a * (a + 1)) / 2) / (a * b);
}
