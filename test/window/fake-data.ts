/** Data sets of the fake lab: digits, a table with missing values, a folder that is broken. */
import type { Config } from '../../core/contract/config/schema.ts';
import type { DataView, SampleView } from '../../core/contract/messages/records.ts';
import type { Params, Result } from '../../core/contract/messages/messages.ts';
import { LabError } from '../../renderer/state/bridge.ts';
import { digit, random } from './digits.ts';

type Data = Params<'data.describe'>['data'];

const COLUMNS = ['age', 'height', 'weight', 'income', 'city=Oslo', 'city=Rome'];
const CIFAR = 'airplane automobile bird cat deer dog frog horse ship truck'.split(' ');
/** How many samples the table and the digits have. */
const TABLE = 200;
const DIGITS = 60_000;

/** What a data set holds, by words in its path. @throws Error as the core does */
export function fakeData({ source, reading, clusters }: Data): DataView {
  if (source === 'clusters') return fakeClusters(clusters);
  if (source.includes('survey') && reading.labels === '')
    throw new LabError({
      code: 'errors.table.severalLabels',
      values: { where: source, names: ['city', 'home'], field: { path: 'data.reading.labels' } },
      field: 'data.reading.labels',
    });
  if (source.includes('survey')) return fakeTable(source, 'drop');
  if (source.includes('people')) return fakeTable(source, reading.missing);
  if (source.includes('broken'))
    throw new LabError({
      code: 'errors.idx.cutShort',
      values: { where: `${source}/train-images-idx3-ubyte`, found: 796, wanted: 2000 },
    });
  if (source.includes('moved'))
    throw new LabError({ code: 'errors.data.notThere', values: { where: source } });
  const truth = source.includes('cifar');
  const given = truth ? [6011, 6002, 5988, 6007, 5990, 6013, 5993, 5999, 6004, 5993] : null;
  return {
    name: source === 'mnist' ? 'MNIST' : source,
    format: truth
      ? { code: 'data.formats.cifarBinary', values: { n: 10 } }
      : { code: 'data.formats.idx' },
    shape: truth ? [32, 32, 3] : [28, 28, 1],
    classes: truth ? CIFAR : Array.from({ length: 10 }, (_, i) => String(i)),
    trainAvailable: DIGITS,
    testAvailable: 10000,
    classCounts: given ?? [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
    trueCounts: truth ? new Array<number>(10).fill(6000) : null,
    testCounts: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
    wrongLabels: truth ? 5412 : null,
    inferred: [],
    columns: [],
    missing: [],
  };
}

/** A table whose missing values wait for a choice. */
function fakeTable(source: string, missing: 'ask' | 'drop' | 'impute'): DataView {
  if (missing === 'ask')
    throw new LabError({
      code: 'errors.table.missing',
      values: { where: source, columns: ['age: 1'], field: { path: 'data.reading.missing' } },
      field: 'data.reading.missing',
    });
  return {
    name: source,
    format: { code: 'data.formats.table' },
    shape: [1, 1, COLUMNS.length],
    classes: ['renter', 'owner'],
    trainAvailable: TABLE,
    testAvailable: 0,
    classCounts: [120, 80],
    trueCounts: null,
    testCounts: null,
    wrongLabels: null,
    inferred: [{ code: 'data.notes.labelsIn', values: { name: 'home' } }],
    columns: COLUMNS,
    missing: [{ column: 'age', count: 1 }],
  };
}

/** The paper's clusters. */
function fakeClusters({ classes, dimension, samples }: Data['clusters']): DataView {
  const even = new Array<number>(classes).fill(samples / classes);
  return {
    name: 'Clusters',
    format: { code: 'data.formats.clusters' },
    shape: [1, 1, dimension],
    classes: even.map((_, c) => String(-1 + (2 * c) / (classes - 1))),
    trainAvailable: samples,
    testAvailable: samples,
    classCounts: even,
    trueCounts: null,
    testCounts: even,
    wrongLabels: null,
    inferred: [],
    columns: [],
    missing: [],
  };
}

/** A matrix of pair noise for digits; by words in its path, one for other data, or a file that is none. */
export function fakeMatrix(path: string): number[][] {
  if (path.includes('broken'))
    throw new Error(`${path}, line 3: "x" is no share; give numbers from 0 to 1.`);
  const size = path.includes('small') ? 3 : 10;
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => (i === j ? 0.7 : j === (i + 1) % size ? 0.3 : 0)),
  );
}

/** Samples that repeat. */
export function fakeDuplicates({ source }: Data): Result<'data.duplicates'> {
  return source === 'mnist' ? { exact: 0, disagreeing: 0 } : { exact: 14, disagreeing: 3 };
}

/** A page of samples. */
export function fakePage(params: Params<'data.samples'>): Result<'data.samples'> {
  const { data, part, from, count, ofClass } = params;
  const view = fakeData(data);
  const counts = part === 'train' ? view.classCounts : (view.testCounts ?? []);
  const total = ofClass === null ? counts.reduce((a, b) => a + b, 0) : (counts[ofClass] ?? 0);
  const classes = view.classes.length;
  const one = (i: number) => {
    const given = ofClass ?? (i * 7 + 3) % classes;
    const truth = view.trueCounts ? (i % 9 === 4 ? (given + 1) % classes : given) : null;
    return { index: i, given, truth, ...fakeValues(view, i, truth ?? given) };
  };
  const many = Math.max(0, Math.min(count, total - from));
  return { total, samples: Array.from({ length: many }, (_, i) => one(from + i)) };
}

/** What a config's data set is called and holds, its missing values chosen about. */
export function fakeSource({ data }: Pick<Config, 'data'>): DataView {
  return fakeData({ ...data, reading: { ...data.reading, missing: 'drop' } });
}

/** Samples with their labels under a noise. */
export function fakeSamples(config: Pick<Config, 'noise' | 'data'>, many: number): SampleView[] {
  const chance = random(config.noise.seed + 17);
  const rate = config.noise.kind === 'none' ? 0 : config.noise.rate;
  const view = fakeSource(config);
  const size = view.classes.length;
  return Array.from({ length: many }, (_, index) => {
    const truth = (index * 7 + 3) % size;
    const flipped = chance() < rate;
    const other = config.noise.kind === 'pair' ? 1 : 1 + Math.floor(chance() * (size - 1));
    const given = flipped ? (truth + other) % size : truth;
    return {
      index,
      given,
      truth: config.data.labelsAreTrue ? truth : null,
      ...fakeValues(view, index, truth),
    };
  });
}

/** A digit, a scene of two colours, or a row that differs by its class. */
function fakeValues({ shape }: DataView, index: number, label: number) {
  if (shape[2] === 3 && shape[0]! > 1) return { row: null, pixels: scene(label, index) };
  if (shape[0]! > 1) return { row: null, pixels: digit(label, index + 1) };
  const row = Array.from(
    { length: shape[2]! },
    (_, j) => ((index * (j + 3)) % 25) + label * (j % 2) * 20 + j / 8,
  );
  return { row, pixels: btoa(String.fromCharCode(...row.map((value) => Math.round(value * 5)))) };
}

/** A green ground below a blue sky, and on it a red disc that grows with the label. */
function scene(label: number, index: number): string {
  const bytes = Array.from({ length: 32 * 32 }, (_, at) => {
    const [x, y] = [at % 32, Math.floor(at / 32)];
    const inside = Math.hypot(x - 10 - (index % 12), y - 16) < 3 + label;
    if (inside) return [200, 60, 40];
    return y < 20 ? [110, 170, 230 - y * 2] : [70, 130, 60];
  });
  return btoa(String.fromCharCode(...bytes.flat()));
}

/** What a colleague trained on is not here. */
export function needData(source: string): void {
  if (source.startsWith('/home/bob'))
    throw new LabError({ code: 'errors.data.notThere', values: { where: source } });
}
