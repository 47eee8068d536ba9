/** Smoothing of a series over training. */

/** A longer series is averaged in so many bins first, which a wider smoothing cannot tell from it. */
const MOST_PLACES = 400;

/**
 * Local linear regression with Gaussian weights (Cleveland 1979 with another kernel).
 * @param x places, rising
 * @param y values, one for each place
 * @param bandwidth standard deviation of the weights, in the unit of `x`
 * @returns the fitted value at each place
 */
export function smooth(x: readonly number[], y: readonly number[], bandwidth: number): number[] {
  if (x.length <= MOST_PLACES) return fitted(x, y, null, bandwidth);
  const bins = binned(x, y);
  const curve = fitted(bins.x, bins.y, bins.count, bandwidth);
  let bin = 0;
  return x.map((at) => {
    while (bin < bins.x.length - 2 && bins.x[bin + 1]! < at) bin++;
    const share = (at - bins.x[bin]!) / (bins.x[bin + 1]! - bins.x[bin]!);
    return curve[bin]! + share * (curve[bin + 1]! - curve[bin]!);
  });
}

function fitted(
  x: readonly number[],
  y: readonly number[],
  count: readonly number[] | null,
  bandwidth: number,
): number[] {
  return x.map((at) => {
    let [s0, s1, s2, t0, t1] = [0, 0, 0, 0, 0];
    for (let i = 0; i < x.length; i++) {
      const d = x[i]! - at;
      const w = Math.exp(-0.5 * (d / bandwidth) ** 2) * (count?.[i] ?? 1);
      s0 += w;
      s1 += w * d;
      s2 += w * d * d;
      t0 += w * y[i]!;
      t1 += w * d * y[i]!;
    }
    const spread = s0 * s2 - s1 * s1;
    // With one place in reach there is no slope to fit.
    return spread > 1e-12 * s0 * s0 ? (s2 * t0 - s1 * t1) / spread : t0 / s0;
  });
}

/** Means over equal steps of `x`; at least two bins. */
function binned(x: readonly number[], y: readonly number[]) {
  const bins: { x: number; y: number; count: number; step: number }[] = [];
  const [from, to] = [x[0]!, x.at(-1)!];
  x.forEach((at, i) => {
    const step = Math.floor((MOST_PLACES * (at - from)) / (to - from));
    const last = bins.at(-1);
    if (last?.step === step) {
      last.x += at;
      last.y += y[i]!;
      last.count++;
    } else {
      bins.push({ x: at, y: y[i]!, count: 1, step });
    }
  });
  return {
    x: bins.map((bin) => bin.x / bin.count),
    y: bins.map((bin) => bin.y / bin.count),
    count: bins.map(({ count }) => count),
  };
}
