import { describe, expect, test } from 'vitest';
import { audit } from '../../../core/labels/audit.ts';
import type { Evidence, Found } from '../../../core/labels/audit.ts';
import type { Neighbours } from '../../../core/labels/neighbours.ts';
import { randomOf, shuffle } from '../../../core/random.ts';
import { madeEvidence, pairMatrix, withNeighbours } from './tools.ts';
import type { MadeEvidence } from './tools.ts';

const CLASSES = 4;
const matrix = pairMatrix(CLASSES, 0.3);
const plainTrain = madeEvidence(1500, CLASSES, matrix, 1);
const train = withNeighbours(plainTrain, plainTrain, 20);
const holdout = withNeighbours(madeEvidence(2000, CLASSES, matrix, 2), plainTrain, 20);
const found = audit(train, [holdout], CLASSES);

const isWrong = ({ given, truth }: MadeEvidence) => [...given].map((g, i) => g !== truth[i]);

/** The mean gap between stated and real shares, over ten ranges of the chance. */
function calibrationError({ wrong }: Found, real: readonly boolean[]): number {
  const gaps = new Float64Array(10);
  wrong.forEach((chance, i) => {
    gaps[Math.min(9, Math.floor(10 * chance))]! += chance - (real[i] ? 1 : 0);
  });
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / real.length;
}

describe('an audit', () => {
  test('finds the matrix that the labels were made with', () => {
    matrix.forEach((share, i) => expect(Math.abs(found.matrix[i]! - share)).toBeLessThan(0.06));
  });

  test('states chances that come true, of unseen samples and of trained ones', () => {
    expect(calibrationError(found.unseen[0]!, isWrong(holdout))).toBeLessThan(0.05);
    expect(calibrationError(found.train, isWrong(train))).toBeLessThan(0.05);
  });

  test('states the share of wrong labels within its interval', () => {
    const real = isWrong(train).filter(Boolean).length / train.given.length;
    expect(Math.abs(found.noiseRate.estimate - real)).toBeLessThan(0.04);
    expect(found.noiseRate.low).toBeLessThan(real);
    expect(found.noiseRate.high).toBeGreaterThan(real);
  });

  test('does not hang on the numbers of the classes', () => {
    const names = [2, 0, 3, 1];
    const renamed = audit(withNames(train, names), [withNames(holdout, names)], CLASSES);
    expectSame(renamed.train.wrong, found.train.wrong);
    expectSame(renamed.unseen[0]!.wrong, found.unseen[0]!.wrong);
    found.train.probabilities.forEach((chance, at) => {
      const sample = Math.floor(at / CLASSES);
      const name = names[at % CLASSES]!;
      expect(renamed.train.probabilities[sample * CLASSES + name]!).toBeCloseTo(chance, 6);
    });
  });

  test('does not hang on the order of the samples', () => {
    const order = Uint32Array.from(train.given, (_, i) => i);
    shuffle(order, randomOf(5, 'order'));
    const heldOrder = Uint32Array.from(holdout.given, (_, i) => i);
    shuffle(heldOrder, randomOf(6, 'order'));
    const moved = audit(
      inOrder(train, order, order),
      [inOrder(holdout, heldOrder, order)],
      CLASSES,
    );
    expectSame(
      moved.train.wrong,
      Float32Array.from(order, (i) => found.train.wrong[i]!),
    );
    expectSame(
      moved.unseen[0]!.wrong,
      Float32Array.from(heldOrder, (i) => found.unseen[0]!.wrong[i]!),
    );
  });

  test('takes labels of one class, of one sample, and no hold-out', () => {
    const one = { ...plainTrain, given: new Uint8Array(plainTrain.given.length), neighbours: null };
    expect(audit(one, [], CLASSES).train.wrong.every(Number.isFinite)).toBe(true);
    const tiny = madeEvidence(1, 3, pairMatrix(3, 0.2), 4);
    expect(audit(tiny, [], 3).train.wrong.every(Number.isFinite)).toBe(true);
  });
});

function expectSame(values: Float32Array, others: Float32Array): void {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]! - others[i]!));
  expect(most).toBeLessThan(1e-6);
}

/** @param names the new number of each class */
function withNames(part: Evidence, names: readonly number[]): Evidence {
  const columns = (values: Float32Array) => {
    const out = new Float32Array(values.length);
    values.forEach((value, at) => {
      out[at - (at % CLASSES) + names[at % CLASSES]!] = value;
    });
    return out;
  };
  return {
    given: part.given.map((label) => names[label]!),
    probabilities: columns(part.probabilities),
    votes: columns(part.votes),
    neighbours: part.neighbours,
  };
}

/** @param order the old place of each sample @param among the old place of each training sample */
function inOrder(part: Evidence, order: Uint32Array, among: Uint32Array): Evidence {
  const newPlace = new Int32Array(among.length);
  among.forEach((old, place) => (newPlace[old] = place));
  const rows = <A extends Float32Array | Int32Array>(values: A, width: number): A => {
    const out = values.slice() as A;
    order.forEach((old, place) =>
      out.set(values.subarray(old * width, (old + 1) * width), place * width),
    );
    return out;
  };
  const { count, places, likeness } = part.neighbours as Neighbours;
  return {
    given: Uint8Array.from(order, (old) => part.given[old]!),
    probabilities: rows(part.probabilities, CLASSES),
    votes: rows(part.votes, CLASSES),
    neighbours: {
      count,
      places: rows(places, count).map((old) => newPlace[old]!),
      likeness: rows(likeness, count),
    },
  };
}
