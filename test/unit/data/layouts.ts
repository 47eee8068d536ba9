/** One small data set, and any of the layouts that tables come in. */
import fc from 'fast-check';

/** A row as it is meant. */
export interface Row {
  part: 'train' | 'test' | 'val';
  numbers: number[];
  word: string;
  label: string;
  truth: string;
}

/** How a data set is written. */
export interface Layout {
  rows: Row[];
  classes: string[];
  format: 'csv' | 'tsv' | 'semicolon' | 'spaces' | 'jsonl' | 'json' | 'parquet' | 'npz' | 'npy';
  header: boolean;
  labelName: string;
  /** The name of a column of true labels beside noisy ones; null for none. */
  truthName: string | null;
  oneHot: boolean;
  list: boolean;
  withWord: boolean;
  index: 'none' | 'unnamed' | 'shuffled' | 'id' | 'pandas' | 'level';
  about: string | null;
  parts: 'one' | 'column' | 'files' | 'folders';
  partWords: { train: string; test: string; val: string };
  splitName: string;
  shards: number;
  wrapped: string[];
  zipped: boolean;
  order: number[];
}

/** Features of a sample. */
export const NUMBERS = 3;

const CLASSES = [
  ...[
    ['cat', 'dog', 'owl'],
    ['EU', 'NA', 'US'],
    ['None', 'null', 'some'],
    ['ice bear', 'red bear'],
  ],
  ...[
    ['4', '9'],
    ['0', '1', '2'],
    ['1', '2', '3', '4'],
    ['10', '20', '30', '200'],
    ['-1', '1'],
  ],
];
const WORDS = [
  { train: 'train', test: 'test', val: 'val' },
  { train: 'Training', test: 'Test', val: 'Validation' },
  { train: 'TRAIN', test: 'TEST', val: 'DEV' },
  { train: 'seg_train', test: 'seg_test', val: 'seg_val' },
  { train: 'training_set', test: 'test_set', val: 'dev_set' },
  { train: 'my-train', test: 'my-test', val: 'my-valid' },
  { train: 'trainData', test: 'testData', val: 'holdout' },
];

const rowsOf = (classes: readonly string[]): fc.Arbitrary<Row[]> =>
  fc
    .record({
      train: fc.integer({ min: 24, max: 60 }),
      test: fc.constantFrom(0, 12),
      val: fc.constantFrom(0, 0, 8),
      seed: fc.integer({ min: 1, max: 1e6 }),
    })
    .map(({ train, test, val, seed }) => {
      const next = random(seed);
      const make = (part: Row['part'], count: number): Row[] =>
        Array.from({ length: count }, (_, i) => {
          const truth = classes[i < classes.length ? i : Math.floor(next() * classes.length)]!;
          const wrong = i >= classes.length && part === 'train' && next() < 0.3;
          const label = wrong ? classes[Math.floor(next() * classes.length)]! : truth;
          // Never whole, so that no number is taken for a label; exact in float32.
          const numbers = Array.from(
            { length: NUMBERS },
            () => Math.floor(next() * 400) / 4 + 0.125,
          );
          return { part, numbers, word: next() < 0.5 ? 'red' : 'blue', label, truth };
        });
      return [...make('train', train), ...make('test', test), ...make('val', val)];
    });

/** Any number of numbers from 0 to 1, the same for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Layouts of any kind. */
export const layouts: fc.Arbitrary<Layout> = fc.constantFrom(...CLASSES).chain((classes) =>
  fc.record({
    rows: rowsOf(classes),
    classes: fc.constant(classes),
    format: fc.constantFrom(
      ...(['csv', 'csv', 'csv', 'tsv', 'semicolon', 'spaces'] as const),
      ...(['jsonl', 'json', 'parquet', 'npz', 'npy'] as const),
    ),
    header: fc.constantFrom(true, true, true, false),
    labelName: fc.constantFrom(
      'label',
      'Label',
      'target',
      'class',
      'y',
      'species',
      'category',
      'odd',
    ),
    truthName: fc.constantFrom(null, null, 'label', 'true_label', 'clean_label', 'class'),
    oneHot: fc.constantFrom(false, false, false, true),
    list: fc.boolean(),
    withWord: fc.boolean(),
    index: fc.constantFrom('none', 'none', 'unnamed', 'shuffled', 'id', 'pandas', 'level'),
    about: fc.constantFrom(null, null, null, 'annotator_1', 'is_noisy', 'label_sym40'),
    parts: fc.constantFrom('one', 'column', 'files', 'folders'),
    partWords: fc.constantFrom(...WORDS),
    splitName: fc.constantFrom('split', 'set', 'Subset', 'data_split', 'partition', 'fold'),
    shards: fc.constantFrom(1, 1, 2, 3),
    wrapped: fc.constantFrom([], [], ['archive'], ['archive', 'data set']),
    zipped: fc.boolean(),
    order: fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { minLength: 12, maxLength: 12 }),
  }),
) as fc.Arbitrary<Layout>;
