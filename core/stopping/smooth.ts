/** Smoothing of a series over training. */

/**
 * Local linear regression with Gaussian weights (Cleveland 1979 with another kernel).
 * @param x places, rising
 * @param y values, one for each place
 * @param bandwidth standard deviation of the weights, in the unit of `x`
 * @returns the fitted value at each place
 */
export function smooth(x: readonly number[], y: readonly number[], bandwidth: number): number[] {
  return x.map((at) => {
    let [s0, s1, s2, t0, t1] = [0, 0, 0, 0, 0];
    for (let i = 0; i < x.length; i++) {
      const d = x[i]! - at;
      const w = Math.exp(-0.5 * (d / bandwidth) ** 2);
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
