import { expect, test } from 'vitest';
import { auroc, calibrationError, precision } from '../../bench/labels/scores.ts';
import { fittedMatrix } from '../../../core/labels/fit.ts';
import { pooled, trueClassPosterior, wrongness } from '../../../core/labels/model.ts';
import { cleaned } from '../../../core/labels/rounds.ts';
import { noiseMatrix, sharesOf } from '../../../core/labels/votes.ts';
import { madeEvidence, withNeighbours } from './tools.ts';
import type { MadeEvidence } from './tools.ts';

const CLASSES = 4;
/** Two of the classes are taken for each other in 4 of 10, as in asymmetric noise on look-alikes. */
const SWAPPED = Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0.6, 0.4, 0, 0, 0.4, 0.6);

/** What a network says that has begun to fit the labels that it was given. */
function memorized(part: MadeEvidence, share: number): MadeEvidence {
  const probabilities = part.probabilities.map((chance, at) => {
    const isGiven = at % CLASSES === part.given[Math.floor(at / CLASSES)];
    return (1 - share) * chance + (isGiven ? share : 0);
  });
  return { ...part, probabilities };
}

const plainTrain = memorized(madeEvidence(3000, CLASSES, SWAPPED, 11), 0.15);
const train = withNeighbours(plainTrain, plainTrain, 30);
const wrong = Array.from(train.given, (label, i) => label !== train.truth[i]);

/** How well one matrix tells wrong labels, used in the rounds and after them. */
function scoreWith(matrix: Float64Array): number {
  const prior = sharesOf(train.votes, CLASSES);
  const [sources] = cleaned([train], matrix, prior);
  const chances = pooled(sources!, [1, 1], CLASSES);
  return auroc(
    wrongness(train.given, trueClassPosterior(train.given, chances, matrix, CLASSES), CLASSES),
    wrong,
  );
}

test('the matrix must not be fitted again inside the rounds', () => {
  const votes = noiseMatrix(train.given, train.votes, CLASSES, new Float64Array(16).fill(0.1));
  let matrix = votes;
  const prior = sharesOf(train.votes, CLASSES);
  for (let round = 0; round < 4; round++) {
    const [sources] = cleaned([train], matrix, prior);
    const chances = pooled(sources!, [1, 1], CLASSES);
    matrix = fittedMatrix(train.given, chances, { matrix, strength: 5 }, CLASSES);
  }
  // Fitted again and again it drifts to where one of the two classes is hardly ever wrong.
  const off = (one: Float64Array) =>
    one.reduce((most, v, i) => Math.max(most, Math.abs(v - SWAPPED[i]!)), 0);
  expect(off(votes)).toBeLessThan(off(matrix));
  expect(scoreWith(votes)).toBeGreaterThan(scoreWith(matrix));
});

test('scores are those of counting every pair', () => {
  const scores = [0.9, 0.2, 0.2, 0.7, 0.1];
  const is = [true, false, true, false, false];
  // Of six pairs four are in order and one is even.
  expect(auroc(scores, is)).toBeCloseTo(4.5 / 6, 12);
  expect(precision(scores, is)).toBe(0.5);
  expect(calibrationError([0.95, 0.95, 0.25, 0.25], [true, true, false, false])).toBeCloseTo(
    0.15,
    12,
  );
});
