/** Noise as the window tells it. */
import { noiseShortIn, reads } from '../../core/contract/config/names.ts';
import type { NoiseConfig } from '../../core/contract/config/schema.ts';
import { catalogue } from './catalogue.ts';
import { t } from './texts.ts';

/** Whether a kind reads a field. */
export const noiseReads = (kind: string, field: string): boolean =>
  reads(catalogue().noises, kind, field);

/** Whether any label can be changed. */
export function isNoisy({ kind, rate, rates, count: many }: NoiseConfig): boolean {
  if (noiseReads(kind, 'rate')) return rate > 0;
  if (noiseReads(kind, 'count')) return many > 0;
  if (noiseReads(kind, 'rates')) return rates.some((one) => one > 0);
  return kind !== 'none';
}

/** The share of labels that become wrong, where the config alone tells it; null otherwise. */
export function wrongShare({ kind, rate }: NoiseConfig): number | null {
  if (kind === 'none') return 0;
  return catalogue().noises.find(({ id }) => id === kind)?.rateIsShare ? rate : null;
}

/** `40% symmetric`, or what there is instead of a rate. */
export const noiseShort = (noise: NoiseConfig): string =>
  noiseShortIn(noise, t, catalogue().noises);

/** A kind's fields filled in, so that it does something before a person has changed them. */
export function filledIn(noise: NoiseConfig, classes: number): NoiseConfig {
  const { kind, rate } = noise;
  if (noiseReads(kind, 'rates') && noise.rates.length !== classes) {
    return { ...noise, rates: new Array<number>(classes).fill(rate) };
  }
  if (noiseReads(kind, 'matrix') && noise.matrix.length !== classes) {
    return { ...noise, matrix: symmetricMatrix(classes, rate) };
  }
  return noise;
}

/** Symmetric noise in thousandths, so that every number can be read and rows sum to 1. */
function symmetricMatrix(classes: number, rate: number): number[][] {
  const other = Math.floor((rate / (classes - 1)) * 1000);
  const own = 1000 - other * (classes - 1);
  return Array.from({ length: classes }, (_, row) =>
    Array.from({ length: classes }, (_, column) => (row === column ? own : other) / 1000),
  );
}

/** The sum of a row where it is not 1; null where it is, as the core allows. */
export function wrongSum(row: readonly number[]): number | null {
  const sum = row.reduce((a, b) => a + b, 0);
  return Math.abs(sum - 1) <= 1e-3 ? null : sum;
}
