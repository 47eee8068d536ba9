/** Seeded random numbers. Each use has a stream of its own, so that one never shifts another. */
import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of random numbers. */
export interface Random {
  /** A number from 0 up to, not including, 1. */
  real(): number;
  /** A whole number from 0 up to, not including, `n`. */
  below(n: number): number;
  /** A whole number from 0 up to, not including, 2^32: one draw, so the fastest. */
  bits(): number;
}

/** The stream of a seed for a use, such as `'noise'`; `part` numbers streams of one use. */
export function randomOf(seed: number, use: string, part = 0): Random {
  const key = createHash('sha256').update(`${use}/${part}/${seed}`).digest().readInt32LE(0);
  const generator = xoroshiro128plus(key);
  return {
    real: () => uniformFloat64(generator),
    below: (n) => uniformInt(generator, 0, n - 1),
    bits: () => generator.next() >>> 0,
  };
}

/** Puts the values in random order, in place (Fisher, Yates). */
export function shuffle(values: Int32Array | Uint32Array, random: Random): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const value = values[i]!;
    values[i] = values[j]!;
    values[j] = value;
  }
}
