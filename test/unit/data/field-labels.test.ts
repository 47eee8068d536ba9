/** Files of given labels as people have them: joined and matched as they mean them, or told. */
import { describe, expect, test } from 'vitest';
import { openWith, scratch, zip } from './files.ts';
import { npy, npyOf, npyTexts } from './npy.ts';

const { write } = scratch();
const COUNT = 60;
const all = <T>(make: (i: number) => T): T[] => Array.from({ length: COUNT }, (_, i) => make(i));
/** Every fifth sample has the next class. */
const given = (i: number, classes: number): number => (i % 5 === 0 ? i + 1 : i) % classes;

/** A data set of rows with so many classes, numbered from `first`. */
const numbered = (classes: number, first = 0): string =>
  write(
    'set.npz',
    zip({
      'X.npy': npy('<f4', [COUNT, 2], all((i) => [i + 0.5, i % 7]).flat()),
      'y.npy': npy(
        '<i8',
        [COUNT],
        all((i) => (i % classes) + first),
      ),
    }),
  );
const named = (names: readonly string[]): string =>
  write(
    'named.npz',
    zip({
      'X.npy': npy('<f4', [COUNT, 2], all((i) => [i + 0.5, i % 7]).flat()),
      'y.npy': npyTexts(all((i) => names[i % names.length]!)),
    }),
  );

const opened = (set: string, name: string, bytes: Uint8Array | string, labelsField = '') =>
  openWith(set, { labelsFile: write(name, Buffer.from(bytes)), labelsField });

async function wrongIn(set: string, name: string, bytes: Uint8Array | string, field = '') {
  const { train, inferred } = await opened(set, name, bytes, field);
  const wrong = train.labels.filter((label, i) => label !== train.truth![i]).length;
  return { wrong, count: train.labels.length, inferred };
}

const lines = (head: string | null, cells: (i: number) => (string | number)[]): string =>
  [...(head === null ? [] : [head]), ...all((i) => cells(i).join(','))].join('\n');

/** Python's pickle of an object array that holds a dict of one list, as `numpy.save` writes a dict. */
function pickledDict(name: string, values: number[]): Buffer {
  const text = (value: string) => [0x8c, value.length, ...Buffer.from(value)];
  const list = [0x5d, 0x28, ...values.flatMap((value) => [0x4b, value]), 0x65];
  const dict = [0x7d, ...text(name), ...list, 0x73];
  const dtype = [...text('numpy'), ...text('dtype'), 0x93, ...text('O8'), 0x89, 0x88, 0x87, 0x52];
  const array = [
    ...[...text('numpy.core.multiarray'), ...text('_reconstruct'), 0x93],
    ...[...text('numpy'), ...text('ndarray'), 0x93, 0x4b, 0, 0x85, 0x43, 1, 0x62, 0x87, 0x52],
    ...[0x28, 0x4b, 1, 0x29, ...dtype, 0x89, 0x5d, 0x28, ...dict, 0x65, 0x74, 0x62],
  ];
  return npyOf({ descr: '|O', shape: [] }, Buffer.from([0x80, 4, ...array, 0x2e]));
}

describe('numbers', () => {
  test('are names of classes first: data from 1, and folders such as 0, 1, 10, 11, 2', async () => {
    const file = lines('label', (i) => [given(i, 4) + 1]);
    expect((await wrongIn(numbered(4, 1), 'given.csv', file)).wrong).toBe(12);
    const folders = ['0', '1', '10', '11', '2'];
    const texts = lines('label', (i) => [folders[given(i, 5)]!]);
    expect((await wrongIn(named(folders), 'given.csv', texts)).wrong).toBe(12);
  });

  test('are places only where none is a name, and it is said', async () => {
    const names = ['cat', 'dog', 'owl'];
    const zero = await wrongIn(
      named(names),
      'given.csv',
      lines('label', (i) => [given(i, 3)]),
    );
    expect(zero.wrong).toBe(12);
    expect(zero.inferred.join()).toContain('places of the classes: 0 is cat, 1 is dog, 2 is owl');
    const one = await wrongIn(
      named(names),
      'given.csv',
      lines('label', (i) => [given(i, 3) + 1]),
    );
    expect(one.wrong).toBe(12);
    expect(one.inferred.join()).toContain('1 is cat, 2 is dog, 3 is owl');
  });

  test('some of which are names are all to be names', () =>
    expect(
      opened(
        numbered(4, 1),
        'given.csv',
        lines('label', (i) => [i % 4]),
      ),
    ).rejects.toThrow(/sample 0 is 0, which is none of the 4 classes of set \(1, 2, 3, 4\)/));

  test('that are whole floats, or one-hot rows', async () => {
    const set = numbered(3);
    const floats = npy(
      '<f4',
      [COUNT],
      all((i) => given(i, 3)),
    );
    const hot = npy(
      '<f4',
      [COUNT, 3],
      all((i) => [0, 1, 2].map((k) => Number(given(i, 3) === k))).flat(),
    );
    expect((await wrongIn(set, 'a.npy', floats)).wrong).toBe(12);
    expect((await wrongIn(set, 'a.npy', hot)).wrong).toBe(12);
  });

  test('of -1 are no labels: such samples are left out, and said', async () => {
    const file = lines('label', (i) => [i % 6 === 5 ? -1 : given(i, 3)]);
    const { count, inferred } = await wrongIn(numbered(3), 'given.csv', file);
    expect(count).toBe(50);
    expect(inferred).toContain('10 training samples without a label in given.csv were left out.');
  });

  test('names in another case are told', async () => {
    const file = lines('label', (i) => [['CAT', 'Dog'][given(i, 2)]!]);
    const { wrong, inferred } = await wrongIn(named(['cat', 'dog']), 'given.csv', file);
    expect(wrong).toBe(12);
    expect(inferred.join()).toContain('differ in case, and were taken as the same');
  });
});

describe('lines are joined', () => {
  const set = numbered(3);
  test.each<[string, string | null, (i: number) => (string | number)[]]>([
    ['by a column index', 'index,noisy_label', (i) => [59 - i, given(59 - i, 3)]],
    ['by an index from 1', 'noisy_label,idx', (i) => [given(59 - i, 3), 60 - i]],
    ['by an index without names', null, (i) => [59 - i, given(59 - i, 3)]],
    ['by order, without a name', null, (i) => [given(i, 3)]],
    ['by order, beside other columns', 'noisy_label,score', (i) => [given(i, 3), i / 7]],
  ])('%s', async (_, head, cells) =>
    expect(await wrongIn(set, 'given.csv', lines(head, cells))).toMatchObject({
      wrong: 12,
      count: 60,
    }),
  );

  test('by the ids of a table, some of them missing', async () => {
    const rows = lines('PassengerId,a,label', (i) => [900 + 3 * i, i + 0.5, i % 2 ? 'yes' : 'no']);
    const labels = Array.from({ length: 50 }, (_, i) => 59 - i).map(
      (i) => `${900 + 3 * i},${given(i, 2) ? 'yes' : 'no'}`,
    );
    const table = write('table.csv', Buffer.from(rows));
    const found = await wrongIn(table, 'given.csv', ['PassengerId,label', ...labels].join('\n'));
    expect([found.wrong, found.count]).toEqual([10, 50]);
    expect(found.inferred).toContain(
      'The given labels were joined by column "PassengerId": 50 of 60 training samples.',
    );
  });

  test('to the training rows, where the file has a label for every row of a split table', async () => {
    const rows = lines('a,label,split', (i) => [i + 0.5, i % 2, i % 3 ? 'train' : 'test']);
    const found = await wrongIn(
      write('t.csv', Buffer.from(rows)),
      'g.csv',
      lines('label', (i) => [given(i, 2)]),
    );
    expect([found.count, found.wrong]).toEqual([40, 8]);
    expect(found.inferred.join()).toContain('has labels for all 60 rows');
  });

  test.each<[string, string, RegExp]>([
    [
      'names of files that are none',
      lines('file,label', (i) => [`p${i}.png`, i % 3]),
      /column "file" names samples \("p0\.png"\), but not those of set/,
    ],
    [
      'an index beyond the samples',
      lines('index,label', (i) => [i + 500, i % 3]),
      /column "index" names samples/,
    ],
    ['too short', 'label\n0\n1\n2', /has 3 labels for the 60 training samples of set/],
    [
      'few labels',
      lines('label', (i) => [i % 3 ? '' : 1])
        .replaceAll('\n\n', '\n-1\n')
        .replaceAll('\n\n', '\n-1\n')
        .replace(/\n$/, '\n-1'),
      /has labels for 20 of the 60 training samples/,
    ],
  ])('or refused: %s', (_, file, message) =>
    expect(opened(set, 'given.csv', file)).rejects.toThrow(message),
  );

  test('labels that agree as chance would have it are doubted', async () => {
    const { inferred } = await wrongIn(
      set,
      'given.csv',
      lines('label', (i) => [(i + 1) % 3]),
    );
    expect(inferred.join()).toContain(
      'differ from those on disk for 60 of 60 samples, as chance would',
    );
  });
});

describe('files', () => {
  const set = numbered(3);
  const labels = all((i) => given(i, 3));
  test.each<[string, string | Uint8Array]>([
    ['noise.json', JSON.stringify(labels)],
    ['noise.json', JSON.stringify({ noisy_labels: labels, clean_labels: all((i) => i % 3) })],
    ['noise.json', JSON.stringify(labels.map((label, i) => ({ index: i, label })).reverse())],
    [
      'noise.json',
      JSON.stringify(Object.fromEntries(labels.map((label, i) => [String(i), label]))),
    ],
    ['given.txt', labels.join('\n')],
    ['given.txt', labels.map((label, i) => `${59 - i} ${labels[59 - i] ?? label}`).join('\n')],
    ['given.jsonl', labels.map((label) => JSON.stringify({ label })).join('\n')],
    ['CIFAR-10_human.npy', pickledDict('noisy_label', labels)],
  ])('%s', async (name, bytes) => {
    expect(await wrongIn(set, name, bytes)).toMatchObject({ wrong: 12, count: 60 });
  });

  test('that hold code are refused', () =>
    expect(
      opened(
        set,
        'evil.npy',
        npyOf({ descr: '|O', shape: [] }, Buffer.from('\x80\x02cos\nsystem\n.', 'latin1')),
      ),
    ).rejects.toThrow(/asks for Python's "os\.system"/));

  test.each([
    ['{"a": {"b": 1}}', /holds no list of labels/],
    ['[1, 2', /is not valid JSON/],
  ])('%s is refused', (text, message) =>
    expect(opened(set, 'noise.json', text)).rejects.toThrow(message),
  );
});
