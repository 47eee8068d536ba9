/** How well a score tells wrong labels from right ones. */

/** The chance that a wrong label scores higher than a right one; NaN where there is only one kind. */
export function auroc(scores: ArrayLike<number>, wrong: readonly boolean[]): number {
  const order = [...wrong.keys()].sort((a, b) => scores[a]! - scores[b]!);
  let [ranks, count] = [0, 0];
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to++;
    // Samples that score alike share the mean of their ranks.
    for (let i = from; i < to; i++) {
      if (!wrong[order[i]!]) continue;
      ranks += (from + to + 1) / 2;
      count++;
    }
    from = to;
  }
  return (ranks - (count * (count + 1)) / 2) / (count * (wrong.length - count));
}

/** The share of wrong labels among as many of the highest scores as there are wrong labels. */
export function precision(scores: ArrayLike<number>, wrong: readonly boolean[]): number {
  const count = wrong.filter(Boolean).length;
  const order = [...wrong.keys()].sort((a, b) => scores[b]! - scores[a]!).slice(0, count);
  return order.filter((i) => wrong[i]).length / count;
}

/** The mean gap between stated chances and real shares, over ten ranges of the chance (ECE). */
export function calibrationError(chances: ArrayLike<number>, wrong: readonly boolean[]): number {
  const gaps = new Float64Array(10);
  wrong.forEach((is, i) => {
    gaps[Math.min(9, Math.floor(10 * chances[i]!))]! += chances[i]! - (is ? 1 : 0);
  });
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / wrong.length;
}
