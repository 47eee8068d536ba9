/** The kinds of noise as the window offers them. */
import type { NoiseConfig } from '../core/protocol/index.ts';
import { count, shortPercent } from './format.ts';

/** A field that some kinds read. */
export type NoiseField =
  'rate' | 'count' | 'class' | 'rates' | 'sparsity' | 'groups' | 'becomes' | 'matrix';

interface Offer {
  label: string;
  /** What it does, in a line. */
  meaning: string;
  fields: NoiseField[];
}

/** Every kind, in the order of the list. */
export const KINDS: Record<NoiseConfig['kind'], Offer> = {
  none: { label: 'None', meaning: 'Labels stay as they are.', fields: [] },
  symmetric: { label: 'Symmetric', meaning: 'To any other class alike.', fields: ['rate'] },
  uniform: {
    label: 'Uniform',
    meaning: 'The paper’s: drawn anew from all classes, so some stay right.',
    fields: ['rate'],
  },
  pair: { label: 'Pair', meaning: 'To the next class only.', fields: ['rate'] },
  block: {
    label: 'Block',
    meaning: 'To another class of the same group.',
    fields: ['rate', 'groups'],
  },
  asymmetric: {
    label: 'Asymmetric',
    meaning: 'To the class it is mistaken for.',
    fields: ['rate', 'becomes'],
  },
  matrix: { label: 'Matrix', meaning: 'By a transition matrix of yours.', fields: ['matrix'] },
  sampled: {
    label: 'Sampled',
    meaning: 'By a transition matrix that the seed draws.',
    fields: ['rate', 'sparsity'],
  },
  instance: {
    label: 'Instance',
    meaning: 'By the features of each sample.',
    fields: ['rate'],
  },
  difficulty: {
    label: 'Difficulty',
    meaning: 'The samples a briefly trained network is least sure of.',
    fields: ['rate'],
  },
  'per-class': {
    label: 'Per class',
    meaning: 'A rate for each class, to any other alike.',
    fields: ['rates'],
  },
  'one-class': {
    label: 'One class',
    meaning: 'Only labels of one class change, to any other alike.',
    fields: ['rate', 'class'],
  },
  count: { label: 'Count', meaning: 'Exactly so many, to any other alike.', fields: ['count'] },
  clusters: {
    label: 'Clusters',
    meaning: 'The paper’s: at most this share of each cluster, or else of each class.',
    fields: ['rate'],
  },
};

/** Whether a kind reads a field. */
export function reads(kind: NoiseConfig['kind'], field: NoiseField): boolean {
  return KINDS[kind].fields.includes(field);
}

/** Whether any label can be changed. */
export function isNoisy({ kind, rate, rates, count: many }: NoiseConfig): boolean {
  if (reads(kind, 'rate')) return rate > 0;
  if (kind === 'count') return many > 0;
  if (kind === 'per-class') return rates.some((one) => one > 0);
  return kind === 'matrix';
}

/** The share of labels that become wrong, where the config alone tells it; null otherwise. */
export function wrongShare({ kind, rate }: NoiseConfig): number | null {
  if (kind === 'none') return 0;
  const told = ['symmetric', 'pair', 'difficulty'];
  return told.includes(kind) ? rate : null;
}

/** `40 % symmetric`, or what there is instead of a rate. */
export function noiseShort({ kind, rate, count: many }: NoiseConfig): string {
  if (reads(kind, 'rate')) return `${shortPercent(rate)} ${kind}`;
  return kind === 'count' ? `${Number.isFinite(many) ? count(many) : '–'} wrong labels` : kind;
}

/** A kind's fields filled in, so that it does something before a person has changed them. */
export function filledIn(noise: NoiseConfig, classes: number): NoiseConfig {
  const { kind, rate } = noise;
  if (kind === 'per-class' && noise.rates.length !== classes) {
    return { ...noise, rates: new Array<number>(classes).fill(rate) };
  }
  if (kind === 'matrix' && noise.matrix.length !== classes) {
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
  return Math.abs(sum - 1) <= 1e-6 ? null : sum;
}
