/**
 * A known data set in random table layouts: it is read as it is meant, or the doubt is told. A slice
 * of what `npm run prove layouts` does.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../../../core/contract/words/errors.ts';
import type { Opened } from './files.ts';
import { openWith, scratch, zip } from './files.ts';
import { filesOf, usedRows } from './layout-files.ts';
import { layouts } from './layouts.ts';
import type { Layout, Row } from './layouts.ts';

const { write, writeAll } = scratch();

/** `npm run prove layouts` asks for all of it; the tests take a seeded slice. */
const IS_WHOLE = process.env['LAB_PROOFS'] === 'whole';

/** What came of reading a layout. */
type Outcome = 'same' | 'refused' | 'told' | { silent: string };

async function outcomeOf(layout: Layout): Promise<Outcome> {
  const files = filesOf(layout);
  const path = layout.zipped ? write('set.zip', zip(files)) : writeAll(files);
  let dataset: Opened;
  try {
    dataset = await openWith(path);
  } catch (error) {
    if (error instanceof InputError) return 'refused';
    throw error;
  }
  const difference = differenceOf(layout, dataset);
  if (difference === null) return 'same';
  return isTold(layout, dataset)
    ? 'told'
    : { silent: `${difference}; said: ${dataset.inferred.join(' ')}` };
}

/** What the parts should be: validation is the test part where there is no other, else left out. */
function expected(layout: Layout): { train: Row[]; test: Row[] } {
  const rows = usedRows(layout);
  const of = (part: Row['part']) => rows.filter((row) => row.part === part);
  return { train: of('train'), test: of('test').length > 0 ? of('test') : of('val') };
}

function differenceOf(layout: Layout, dataset: Opened): string | null {
  const { train, test: tested } = expected(layout);
  if (dataset.train.labels.length !== train.length)
    return `${dataset.train.labels.length} rows for ${train.length}`;
  if ((dataset.test?.labels.length ?? 0) !== tested.length)
    return `${dataset.test?.labels.length} test rows`;
  const noisy = layout.truthName !== null;
  const given = train.map(({ label }) => label);
  const truth = train.map(({ truth: own }) => own);
  const named = (labels: ArrayLike<number> | null) =>
    labels && Array.from(labels, (code) => dataset.classes[code]!);
  // Without names of columns the classes of one-hot labels have none.
  const unnamed = layout.oneHot && !layout.header && isSeparated(layout);
  const differ = unnamed ? differInKind : differInName;
  if (differ(named(dataset.train.labels)!, given)) return 'other labels';
  if (noisy && differ(named(dataset.train.truth) ?? [], truth)) return 'other true labels';
  if (!noisy && dataset.train.truth) return 'true labels from nowhere';
  const scored = tested.map((row) => (noisy ? row.truth : row.label));
  if (dataset.test && differ(named(dataset.test.labels)!, scored)) return 'other test labels';
  const classes = new Set([...given, ...(noisy ? truth : []), ...scored]);
  if (dataset.classes.length !== classes.size) return `classes ${dataset.classes.join()}`;
  return valuesDiffer(layout, dataset, train, tested);
}

const isSeparated = ({ format }: Layout): boolean =>
  ['csv', 'tsv', 'semicolon', 'spaces'].includes(format);

const differInName = (a: readonly string[], b: readonly string[]): boolean =>
  a.length !== b.length || a.some((value, i) => value !== b[i]);

/** Whether labels are others even if their classes are renamed. */
const differInKind = (a: readonly string[], b: readonly string[]): boolean =>
  new Set(a.map((value, i) => `${value} ${b[i]}`)).size !== new Set(b).size;

/** Samples as sorted values: their columns may come in any order, but no other may be there. */
function valuesDiffer(layout: Layout, dataset: Opened, train: Row[], tested: Row[]): string | null {
  const arrays = layout.format === 'npz' || layout.format === 'npy';
  const word = layout.withWord && !arrays;
  const width = dataset.shape[2];
  for (const [samples, rows] of [
    [dataset.train, train],
    [dataset.test, tested],
  ] as const) {
    for (const [i, row] of rows.entries()) {
      const own = Array.from(samples!.values.subarray(i * width, (i + 1) * width)).sort(
        (a, b) => a - b,
      );
      const meant = [...row.numbers, ...(word ? [0, 1] : [])].sort((a, b) => a - b);
      if (own.join() !== meant.join())
        return `sample ${i} is ${own.join()} and not ${meant.join()} (${dataset.columns.join()})`;
    }
  }
  return null;
}

/**
 * Whether a sentence names what differs: a column left out that was meant as a feature, or, where
 * columns have no names, true labels that are the given ones in every row.
 */
const isTold = (layout: Layout, { inferred }: Opened): boolean =>
  inferred.some(
    (said) =>
      ['x0', 'x1', 'x2', 'colour', layout.labelName].some((name) =>
        said.startsWith(`Column "${name}" was left out`),
      ) ||
      // An id without a name cannot be told from a number.
      (!layout.header && said.includes('though they may be ids')) ||
      (!layout.header && layout.truthName !== null && said.includes('in other words')),
  );

test(
  'random layouts are read as they are meant, or the doubt is told',
  { timeout: 600_000 },
  async () => {
    const found = { same: 0, refused: 0, told: 0 };
    const runs = IS_WHOLE ? 2000 : 150;
    await fc.assert(
      fc.asyncProperty(layouts, async (layout) => {
        const outcome = await outcomeOf(layout);
        if (typeof outcome === 'object') throw new Error(outcome.silent);
        found[outcome]++;
      }),
      { numRuns: runs, ...(IS_WHOLE ? {} : { seed: 17 }) },
    );
    process.stdout.write(`${runs} layouts: ${JSON.stringify(found)}\n`);
    // Refusing everything would be no reading.
    expect(found.same).toBeGreaterThan(runs * 0.7);
  },
);
