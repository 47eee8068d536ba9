/** Every kind on MNIST's labels: its definition, and the labels of seed 0 pinned. */
import { jStat } from 'jstat';
import { beforeAll, describe, expect, test } from 'vitest';
import { asked, corrupt, realized } from '../../../core/noise/index.ts';
import { knownGroups, knownMistakes } from '../../../core/noise/known.ts';
import { changed, digits, inputOf, inTurn, mnist, sha256 } from './tools.ts';
import type { Wish } from './tools.ts';

let truth: Uint8Array;
let pixels: Uint8Array;
beforeAll(async () => {
  const read = await mnist();
  [truth, pixels] = [read.labels, read.pixels];
});

/** A matrix as a person might write one. */
const written = Array.from({ length: 10 }, (_, i) =>
  Array.from({ length: 10 }, (_, j) =>
    i === j ? 0.7 - i / 50 : j === (i + 3) % 10 ? 0.2 + i / 50 : 0.1 / 8,
  ),
);
const halves = [
  [0, 1, 2, 3, 4],
  [5, 6, 7, 8],
];
const rates = digits(10).map((_, i) => i / 10);

/** Kinds that are wholly told by a matrix, how many labels become wrong, and their sha256. */
const DRAWN: [Wish, number, string][] = [
  [{ kind: 'symmetric' }, 0.4, '81c121a698c1fb7a566d675b2b73d6d8b9c0c57719cf70815ec03aa1e46f48ae'],
  [{ kind: 'uniform' }, 0.36, '74c7dea0172b027a937af9f5caeeddf099b234c65cd294a07b5f09261dd17d67'],
  [{ kind: 'pair' }, 0.4, 'efcd843bd17671cb1a27a30bc28ff2af1f1c3eac1052a320cff9b6c63141771c'],
  [
    { kind: 'block', groups: halves },
    0.36,
    '3a61461c05b688d1d6a95c488493085e5c2e3d5c5b586ad170a14996df8d12b6',
  ],
  [{ kind: 'asymmetric' }, 0.2, '39e04277ee881dd16dd35b38d290ee203721651d5560d0d485d63d8aa7fb23f5'],
  [
    { kind: 'asymmetric', becomes: [1, 0, 2, 3, 4, 5, 6, 7, 8, 9] },
    0.084,
    'd8be1475fcb7bf487c6fac0f56ffc8b69e5bb1b8f37f2904c5d16a509f5936a1',
  ],
  [
    { kind: 'matrix', matrix: written },
    0.39,
    'faf25835ee220e589e0f0d605c94a4366c6f15398a1692f0da7c973f7050711a',
  ],
  [
    { kind: 'sampled', sparsity: 0.5 },
    0.4,
    '52f732b647d4d3d810af532f499483b069754f79c1bd932c8d1def1d2ac5a68e',
  ],
  [
    { kind: 'per-class', rates },
    0.45,
    'c188855bc2c8df2f8bdec7f7f2073c395a72f1567f62a83b2e18aeed89cb3773',
  ],
  [
    { kind: 'one-class', class: 3 },
    0.04,
    'f8be085e52d80bdd03ccd822a3562e65a43b903817803edd72dff1d2e3b8a3fb',
  ],
];

describe('kinds that are told by a matrix', () => {
  test.each(DRAWN)('%j', (wish, rate, hash) => {
    const input = inputOf(truth, wish);
    const given = corrupt(input);
    const found = realized(truth, given, 10);
    expect(Math.abs(found.rate - rate)).toBeLessThan(0.02);
    const matrix = asked(input)!;
    let [distance, freedom] = [0, 0];
    found.counts.forEach((row, label) => {
      const n = row.reduce((a, b) => a + b, 0);
      const cells = row.map((count, other) => ({ count, expected: n * matrix[label]![other]! }));
      for (const { count, expected } of cells) {
        if (expected === 0) expect(count).toBe(0);
        else distance += (count - expected) ** 2 / expected;
      }
      freedom += cells.filter(({ expected }) => expected > 0).length - 1;
    });
    expect(distance).toBeLessThan(jStat.chisquare.inv(0.999, freedom));
    expect(sha256(given)).toBe(hash);
  });

  test('the definitions themselves', () => {
    const row = (wish: Wish, label: number, classes = digits(10)) =>
      asked(inputOf(inTurn(100, classes.length), wish, { classes }))![label]!;
    expect(row({ kind: 'uniform', rate: 0.5 }, 0)[0]).toBeCloseTo(0.55, 12);
    expect(row({ kind: 'pair', rate: 0.3 }, 9)).toEqual([0.3, 0, 0, 0, 0, 0, 0, 0, 0, 0.7]);
    expect(row({ kind: 'block', groups: [[0, 1], [2]], rate: 0.5 }, 2)[2]).toBe(1);
    expect(row({ kind: 'block', groups: [[0, 1]], rate: 0.5 }, 1).slice(0, 2)).toEqual([0.5, 0.5]);
  });

  test('what is mistaken for what is known by the names of the classes', () => {
    expect(knownMistakes(digits(10), 'mnist')).toEqual([0, 1, 7, 8, 4, 6, 5, 1, 8, 9]);
    const cifar10 = 'airplane automobile bird cat deer dog frog horse ship truck'.split(' ');
    expect(knownMistakes(cifar10, null)).toEqual([0, 1, 0, 5, 7, 3, 6, 7, 8, 1]);
    expect(knownMistakes([...cifar10.slice(0, 9), 'lorry'], null)).toBeNull();
    expect(knownGroups(cifar10, null)).toBeNull();
  });

  test('CIFAR-100 has 20 superclasses of 5, whatever the spelling', () => {
    const names = knownNames();
    const groups = knownGroups(names, null)!;
    expect(groups.map((group) => group.length)).toEqual(new Array(20).fill(5));
    expect(new Set(groups.flat()).size).toBe(100);
    // Keras and others give the numbers alone, which go by the alphabet.
    expect(knownGroups(digits(100), 'cifar-100')).toEqual(groups);
    expect(knownGroups(digits(100), null)).toBeNull();
    const next = knownMistakes(names, null)!;
    expect(knownMistakes(digits(100), 'cifar-100')).toEqual(next);
    const number = (name: string) => names.indexOf(name);
    expect(next[number('Sweet Pepper')]).toBe(number('apple'));
    expect(next[number('apple')]).toBe(number('mushroom'));
    const input = inputOf(inTurn(1000, 100), { kind: 'block', rate: 1 }, { classes: names });
    corrupt(input).forEach((label, i) => {
      expect(groups.find((group) => group.includes(label))).toContain(i % 100);
    });
  });
});

/** The 100 names in alphabetical order, one spelled with a blank. */
function knownNames(): string[] {
  return `apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus
    butterfly camel can castle caterpillar cattle chair chimpanzee clock cloud cockroach couch crab
    crocodile cup dinosaur dolphin elephant flatfish forest fox girl hamster house kangaroo keyboard
    lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle mountain mouse mushroom
    oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree plain plate poppy porcupine
    possum rabbit raccoon ray road rocket rose sea seal shark shrew skunk skyscraper snail snake
    spider squirrel streetcar sunflower sweet_pepper table tank telephone television tiger tractor
    train trout tulip turtle wardrobe whale willow_tree wolf woman worm`
    .split(/\s+/)
    .map((name) => (name === 'sweet_pepper' ? 'Sweet Pepper' : name));
}

describe('kinds that count', () => {
  test('count changes exactly so many, and the same share of the hold-out', () => {
    const input = inputOf(truth, { kind: 'count', count: 1234 });
    const given = corrupt(input);
    expect(changed(given, truth)).toHaveLength(1234);
    expect(asked(input)![0]![0]).toBeCloseTo(1 - 1234 / 60_000, 12);
    expect(sha256(given)).toBe('8b1177b37dad5e57a88d33b2396a480568debd132357714799f5e3c6ea9933eb');
    const part = { part: 'holdout' as const, trainSize: 60_000 };
    const holdout = inputOf(truth.subarray(0, 6000), { kind: 'count', count: 1230 }, part);
    expect(changed(corrupt(holdout), holdout.labels)).toHaveLength(123);
    const all = inputOf(truth, { kind: 'count', count: 60_000 });
    expect(changed(corrupt(all), truth)).toHaveLength(60_000);
  });

  test('clusters changes exactly floor(rho n) of each class, or of each cluster', () => {
    const input = inputOf(truth, { kind: 'clusters', rate: 0.29 });
    const given = corrupt(input);
    const { counts } = realized(truth, given, 10);
    counts.forEach((row, label) => {
      const n = row.reduce((a, b) => a + b, 0);
      expect(n - row[label]!).toBe(Math.floor(0.29 * n));
    });
    expect(sha256(given)).toBe('77ab9dc0d733cda2f682ee3953d82efacbbe6511f5c8bd36f9494e07379a5bed');
    const clusters = Uint16Array.from({ length: 600 }, (_, i) => i % 6);
    const labels = Uint8Array.from(clusters, (cluster) => cluster % 2);
    const grouped = inputOf(
      labels,
      { kind: 'clusters', rate: 0.29 },
      { clusters, classes: ['a', 'b'] },
    );
    const wrong = changed(corrupt(grouped), labels);
    // 0.29 x 100 is 28.999999999999996 in float64.
    for (let c = 0; c < 6; c++) expect(wrong.filter((i) => clusters[i] === c)).toHaveLength(29);
    expect(asked(grouped)![0]![1]).toBeCloseTo(0.29, 12);
  });

  test('difficulty changes exactly the least sure, to the class believed in next', () => {
    const probabilities = Float32Array.from([
      0.9, 0.1, 0, 0.3, 0.5, 0.2, 0.1, 0.5, 0.4, 0.2, 0.2, 0.6,
    ]);
    const of = (rate: number) =>
      corrupt(
        inputOf(
          Uint8Array.of(0, 0, 1, 2),
          { kind: 'difficulty', rate },
          { probabilities, classes: digits(3) },
        ),
      );
    expect(of(0)).toEqual(Uint8Array.of(0, 0, 1, 2));
    expect(of(0.25)).toEqual(Uint8Array.of(0, 1, 1, 2));
    expect(of(0.5)).toEqual(Uint8Array.of(0, 1, 2, 2));
    expect(of(1)).toEqual(Uint8Array.of(1, 1, 2, 0));
  });
});

describe('instance', () => {
  const SAMPLES = 20_000;
  /** Standardized as training would. */
  const features = (i: number) =>
    Float32Array.from(pixels.subarray(i * 784, (i + 1) * 784), (pixel) => (pixel - 33.32) / 78.57);

  test('flips at the rate, by the features, and is pinned', () => {
    const labels = truth.subarray(0, SAMPLES);
    const input = inputOf(labels, { kind: 'instance' }, { features });
    const given = corrupt(input);
    const { rate, shares } = realized(labels, given, 10);
    // A normal truncated at four deviations on both sides has its mean where it was.
    expect(Math.abs(rate - 0.4)).toBeLessThan(4 * Math.sqrt(0.24 / SAMPLES));
    // The targets depend on the features, so some are far likelier than others.
    const off = shares.flatMap((row, label) => row.filter((_, other) => other !== label));
    expect(Math.max(...off)).toBeGreaterThan(0.1);
    expect(Math.min(...off)).toBeLessThan(0.02);
    expect(asked(input)).toBeNull();
    expect(sha256(given)).toBe('075ec327432e211bf40e4195af4df66a892b28301284c54871a49cf90b0bbde0');
  });

  test('the same sample tends to the same class in training and hold-out', () => {
    const labels = truth.subarray(0, 1000);
    const of = (part: 'train' | 'holdout') =>
      corrupt(inputOf(labels, { kind: 'instance', rate: 1 }, { part, features }));
    const [train, holdout] = [of('train'), of('holdout')];
    const both = [...labels.keys()].filter(
      (i) => train[i] !== labels[i] && holdout[i] !== labels[i],
    );
    const same = both.filter((i) => train[i] === holdout[i]).length / both.length;
    // Softmax of scores this wide is nearly certain; by chance it would be a ninth.
    expect(same).toBeGreaterThan(0.8);
    expect(train).not.toEqual(holdout);
  });

  test('at rate 0 nothing changes, and a low rate is that of the truncated normal', () => {
    const own = (i: number) => Float32Array.of((i % 7) - 3);
    const of = (rate: number) => {
      const labels = inTurn(20_000, 10);
      const given = corrupt(inputOf(labels, { kind: 'instance', rate }, { features: own }));
      return changed(given, labels).length / 20_000;
    };
    expect(of(0)).toBe(0);
    // Mean of N(0.1, 0.1^2) above 0: 0.1 + 0.1 phi(1) / Phi(1).
    expect(Math.abs(of(0.1) - (0.1 + (0.1 * 0.24197) / 0.841345))).toBeLessThan(0.011);
  });
});
