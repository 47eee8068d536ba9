/** Several annotators as a source: against Bayes by hand, on generated labels, and where they say nothing. */
import { describe, expect, test } from 'vitest';
import { agreementOf, isAmong, withAnnotators } from '../../../core/labels/annotators.ts';
import { auroc } from '../../bench/labels/scores.ts';
import { randomOf } from '../../../core/random.ts';

const CLASSES = 4;
/** A noise matrix of which every class keeps a share. */
const keeping = (share: number, classes = CLASSES): Float64Array =>
  Float64Array.from({ length: classes * classes }, (_, at) =>
    at % classes === Math.floor(at / classes) ? share : (1 - share) / (classes - 1),
  );

/** Labels of annotators who are right with these chances, and what a network that is right half of the time believes. */
function made(samples: number, rights: readonly number[], seed = 3) {
  const random = randomOf(seed, 'annotators test');
  const truth = Uint8Array.from({ length: samples }, () => random.below(CLASSES));
  const other = (label: number) => (label + 1 + random.below(CLASSES - 1)) % CLASSES;
  const labels = rights.map((right) =>
    Int32Array.from(truth, (label) => (random.real() < right ? label : other(label))),
  );
  const chances = new Float32Array(samples * CLASSES);
  truth.forEach((label, i) => {
    const said = random.real() < 0.7 ? label : other(label);
    for (let c = 0; c < CLASSES; c++) chances[i * CLASSES + c] = c === said ? 0.7 : 0.1;
  });
  return { truth, labels, chances };
}

const topOf = (believed: Float32Array, i: number): number =>
  [...Array(CLASSES).keys()].reduce((best, c) =>
    believed[i * CLASSES + c]! > believed[i * CLASSES + best]! ? c : best,
  );

describe('annotators', () => {
  test('of two classes are heard as Bayes has it, where their mistakes are known', () => {
    // So many samples that the mistakes are learned, whatever is taken to be at first.
    const many = 40_000;
    const random = randomOf(9, 'two classes');
    const truth = Uint8Array.from({ length: many }, () => random.below(2));
    const rights = [0.9, 0.7];
    const labels = rights.map((right) =>
      Int32Array.from(truth, (label) => (random.real() < right ? label : 1 - label)),
    );
    const chances = new Float32Array(many * 2);
    truth.forEach((label, i) => {
      const said = random.real() < 0.8 ? label : 1 - label;
      chances[i * 2 + said] = 0.8;
      chances[i * 2 + 1 - said] = 0.2;
    });
    const [believed] = withAnnotators([{ chances, labels }], keeping(0.8, 2), 2);
    for (let i = 0; i < 50; i++) {
      const score = (c: number) =>
        labels.reduce(
          (product, own, a) => product * (own[i] === c ? rights[a]! : 1 - rights[a]!),
          chances[i * 2 + c]!,
        );
      const wanted = score(1) / (score(0) + score(1));
      expect(Math.abs(believed![i * 2 + 1]! - wanted)).toBeLessThan(0.02);
    }
  });

  test('tell the truth better together than each alone, and than the network', () => {
    const { truth, labels, chances } = made(3000, [0.6, 0.7, 0.55]);
    const [believed] = withAnnotators([{ chances, labels }], keeping(0.6), CLASSES);
    const right = (of: (i: number) => number) =>
      truth.filter((label, i) => of(i) === label).length / truth.length;
    const together = right((i) => topOf(believed!, i));
    const each = labels.map((own) => right((i) => own[i]!));
    expect(together).toBeGreaterThan(
      Math.max(
        ...each,
        right((i) => topOf(chances, i)),
      ) + 0.08,
    );
    const wrong = Array.from(labels[0]!, (label, i) => label !== truth[i]);
    const doubt = Float32Array.from(labels[0]!, (label, i) => 1 - believed![i * CLASSES + label]!);
    expect(auroc(doubt, wrong)).toBeGreaterThan(0.85);
  });

  test('who copy each other are not heard twice', () => {
    const { labels, chances } = made(3000, [0.6, 0.7]);
    const copies = [labels[0]!, labels[0]!, labels[0]!, labels[1]!];
    const [once] = withAnnotators([{ chances, labels }], keeping(0.6), CLASSES);
    const [copied] = withAnnotators([{ chances, labels: copies }], keeping(0.6), CLASSES);
    expect(copied).toEqual(once);
  });

  test('who said nothing change nothing', () => {
    const { chances } = made(50, [0.6]);
    const labels = [new Int32Array(50).fill(-1)];
    const [believed] = withAnnotators([{ chances, labels }], keeping(0.6), CLASSES);
    believed!.forEach((value, at) => expect(value).toBeCloseTo(chances[at]!, 5));
  });

  test('renamed classes and other orders change no chance', () => {
    const { labels, chances } = made(400, [0.6, 0.7, 0.8]);
    const [plain] = withAnnotators([{ chances, labels }], keeping(0.6), CLASSES);
    const renamed = (label: number) => (label + 1) % CLASSES;
    const turned = new Float32Array(chances.length);
    chances.forEach((value, at) => {
      const [i, c] = [Math.floor(at / CLASSES), at % CLASSES];
      turned[(399 - i) * CLASSES + renamed(c)] = value;
    });
    const others = labels.map((own) => own.map(renamed).reverse());
    const [again] = withAnnotators([{ chances: turned, labels: others }], keeping(0.6), CLASSES);
    plain!.forEach((value, at) => {
      const [i, c] = [Math.floor(at / CLASSES), at % CLASSES];
      expect(Math.abs(again![(399 - i) * CLASSES + renamed(c)]! - value)).toBeLessThan(1e-6);
    });
  });
});

test('agreement is of pairs of labels of one sample', () => {
  expect(agreementOf([Int32Array.of(1, 2, 3, -1), Int32Array.of(1, 0, 3, 2)])).toBeCloseTo(2 / 3);
  expect(agreementOf([Int32Array.of(1, -1), Int32Array.of(-1, 0)])).toBeNull();
  expect(isAmong([1, 2], [Int32Array.of(1, 0), Int32Array.of(0, 2)])).toBe(true);
  expect(isAmong([1, 3], [Int32Array.of(1, 0), Int32Array.of(0, 2)])).toBe(false);
});
