/** How many samples accuracies were measured on, told by their values: all are whole shares of that many. */

/** Larger counts are not looked for. */
const MOST = 100_000;
/** The share of all numbers that may lie so close to a whole share by chance, for all values together. */
const BY_CHANCE = 1e-3;
/** Programs write 32-bit floats as they are: seven digits are true. */
const FLOAT_ERROR = 6e-8;

/** Digits that programs write at least, unless they round; fewer are taken to be exact. */
const DIGITS = 5;
/** With two decimals nothing tells a hold-out of a hundred from rounding. */
const HUNDRED = 100;

/**
 * The least count that makes every accuracy a whole share of it.
 * @param accuracies 0 to 1
 * @param beside other accuracies of the same log: longer ones tell that it does not round to two decimals
 * @returns null where there is none, or where so few or so short values cannot tell
 */
export function countOfShares(
  accuracies: readonly number[],
  beside: readonly number[] = [],
): number | null {
  const values = [...new Set(accuracies)].filter((value) => value > 0 && value < 1);
  if (values.length === 0) return null;
  const errors = roundingOf(values);
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  for (let count = 2; count <= MOST; count++) {
    if ((2 * count * mean) ** values.length > BY_CHANCE) return null;
    const fits = values.every((value, i) => {
      const shares = value * count;
      return Math.abs(shares - Math.round(shares)) <= count * errors[i]! * 1.001;
    });
    if (!fits) continue;
    const isShort = count === HUNDRED && beside.every((value) => decimalsOf(value) <= 2);
    return isShort ? null : count;
  }
  return null;
}

/** How far each value may lie from what it was before it was written. */
function roundingOf(values: readonly number[]): number[] {
  const magnitudes = values.map((value) => Math.floor(Math.log10(value)) + 1);
  const written = values.map((value, i) => decimalsOf(value) + magnitudes[i]!);
  // Values that end in zeros are written shorter, so the longest tells how all are rounded.
  const digits = Math.max(DIGITS, ...written);
  return magnitudes.map((magnitude) => Math.max(0.5 * 10 ** (magnitude - digits), FLOAT_ERROR));
}

/** Digits behind the point, of the shortest decimal that is the number. */
function decimalsOf(value: number): number {
  const [, digits = '', power = '0'] = /^\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  return Math.max(0, digits.length - Number(power));
}
