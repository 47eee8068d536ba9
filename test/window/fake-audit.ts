/** Audited samples of the fake lab: digits, a table's rows or a hundred classes, one in seven labelled wrongly. */
import { CHANCE_BINS } from '../../core/contract/messages/labels.ts';
import type {
  AuditedPart,
  ClassPair,
  PartAudit,
  SamplePlace,
} from '../../core/contract/messages/labels.ts';
import type { SampleView } from '../../core/contract/messages/records.ts';
import { digit, random } from './digits.ts';
import { scenario } from './fake-scenarios.ts';

/** Columns of the table. */
export const COLUMNS = [
  'age',
  'height',
  'weight',
  'income',
  'city = Oslo',
  'city = Rome',
  'children',
];
const SIZES: Record<AuditedPart, number> = { train: 2400, holdout: 400, test: 400 };
/** Every part, in the order of their listing. */
export const PARTS = Object.keys(SIZES) as AuditedPart[];
/** One audited sample. */
export interface Row {
  part: AuditedPart;
  index: number;
  given: number;
  truth: number;
  chance: number;
  likely: number;
  twin: boolean;
  odd: boolean;
}

function classesOf(): string[] {
  if (scenario === 'table') return ['renter', 'owner', 'lodger'];
  if (scenario === 'hundred') return Array.from({ length: 100 }, (_, i) => `class ${i}`);
  return Array.from({ length: 10 }, (_, i) => String(i));
}

/** Names of the classes. */
export const classes = classesOf();
/** Whether samples are rows. */
export const isTable = scenario === 'table';
/** Whether the network has learned little. */
export const isWeak = scenario === 'weak';
/** What names a sample among all of the run. */
export const keyOf = ({ part, index }: SamplePlace): string => `${part}-${index}`;

/** Samples of a part, one in seven labelled wrongly and most of those found. */
function rowsOf(part: AuditedPart): Row[] {
  const chance = random(PARTS.indexOf(part) * 31 + 7);
  const many = classes.length;
  return Array.from({ length: SIZES[part] }, (_, index) => {
    const truth = (index * 7 + 3) % many;
    const isWrong = chance() < 0.15;
    const by = chance() < 0.6 ? 1 : 1 + Math.floor(chance() * (many - 1));
    const given = isWrong ? (truth + by) % many : truth;
    const isSeen = chance() < (isWeak ? 0.55 : 0.94);
    const high = 1 - 0.5 * chance() ** (isWeak ? 0.8 : 4);
    const low = 0.5 * chance() ** (isWeak ? 2 : 14);
    const flagged = isWrong === isSeen && (isWrong || chance() < 0.4);
    const likely = isWrong && isSeen ? truth : (given + 1) % many;
    const twin = index % 97 === 5;
    return {
      part,
      index,
      given,
      truth,
      chance: flagged ? high : low,
      likely,
      twin,
      odd: index % 211 === 9,
    };
  });
}

/** Samples by part, in their order. */
export const rows = new Map(PARTS.map((part) => [part, rowsOf(part)]));
/** Samples by part, the likeliest wrong first. */
export const listed = new Map(
  PARTS.map((part) => [part, rows.get(part)!.toSorted((a, b) => b.chance - a.chance)]),
);

function pairsOf(all: readonly Row[]): ClassPair[] {
  const pairs = new Map<string, ClassPair>();
  for (const row of all) {
    const add = (likely: number, what: 'flagged' | 'real'): void => {
      const key = `${row.given} ${likely}`;
      const expected = { estimate: 0, low: 0, high: 0 };
      const pair = pairs.get(key) ?? { given: row.given, likely, flagged: 0, expected, real: 0 };
      pairs.set(key, pair);
      if (what === 'flagged') pair.flagged++;
      else pair.real!++;
    };
    if (row.chance > 0.5) add(row.likely, 'flagged');
    if (row.truth !== row.given) add(row.truth, 'real');
  }
  const told = [...pairs.values()].map((pair) => {
    const estimate = pair.flagged * 1.04;
    const off = 2 * Math.sqrt(estimate + 1);
    return {
      ...pair,
      expected: { estimate, low: Math.max(0, estimate - off), high: estimate + off },
      real: isTable ? null : pair.real,
    };
  });
  return told.sort((a, b) => b.expected.estimate - a.expected.estimate).slice(0, 400);
}

/** What is told of a part. */
export function partView(part: AuditedPart): PartAudit {
  const all = rows.get(part)!;
  const bins = new Array<number>(CHANCE_BINS).fill(0);
  const wrong = new Array<number>(CHANCE_BINS).fill(0);
  for (const { chance } of all) {
    const bin = Math.min(CHANCE_BINS - 1, Math.floor(chance * CHANCE_BINS));
    bins[bin]!++;
    wrong[bin]! += chance;
  }
  const flagged = all.filter(({ chance }) => chance > 0.5);
  return {
    part,
    samples: all.length,
    flagged: flagged.length,
    bins,
    wrong,
    pairs: pairsOf(all),
    precision: isTable
      ? null
      : flagged.filter(({ given, truth }) => given !== truth).length / flagged.length,
    disagreeing: all.filter(({ twin }) => twin).length,
    outliers: all.filter(({ odd }) => odd).length,
  };
}

/** A sample as a picture or a row; null where the data are gone. */
export function sampleOf({ index, given, truth }: Row): SampleView | null {
  if (scenario === 'nodata') return null;
  const told = { index, given, truth: isTable ? null : truth };
  if (!isTable) return { ...told, row: null, pixels: digit(truth, index + 1) };
  const row = [
    20 + ((index * 7) % 50),
    150 + ((index * 3) % 45),
    50 + ((index * 5) % 40) + truth * 8,
    21_000 + ((index * 997) % 40_000),
    index % 2,
    1 - (index % 2),
    index % 4,
  ];
  const shades = row.map((value) => Math.round(value) % 256);
  return { ...told, row, pixels: btoa(String.fromCharCode(...shades)) };
}
