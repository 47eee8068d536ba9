/** Reviews: nothing that was decided is lost, everything is undone, and reviewers who differ are told. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Decision, SamplePlace } from '../../core/contract/messages/labels.ts';
import { randomOf } from '../../core/random.ts';
import { Review, reviewPath } from '../../core/review/review.ts';

let run = '';
beforeEach(() => {
  run = mkdtempSync(join(tmpdir(), 'lab-review-'));
});
afterEach(() => rmSync(run, { recursive: true, force: true }));

const at = (index: number, part: SamplePlace['part'] = 'train'): SamplePlace => ({ part, index });
const is = (code: number): Decision => ({ choice: 'class', class: code });
const one = (index: number, decision: Decision | null) => [{ sample: at(index), decision }];

/** Everything that a review says of some samples. */
const state = (review: Review, many = 12) =>
  Array.from({ length: many }, (_, index) => ({
    decision: review.decisionOf(at(index)),
    decisions: review.decisionsOf(at(index)),
    disputed: review.isDisputed(at(index)),
  }));

describe('one reviewer', () => {
  test('decides, changes a decision, takes it back, and finds all of it again', () => {
    const review = Review.open(run);
    review.decide('Ada', one(3, is(7)));
    review.decide('Ada', one(3, is(2)));
    review.decide('Ada', [
      { sample: at(4), decision: { choice: 'remove' } },
      { sample: at(0, 'test'), decision: { choice: 'unsure' } },
    ]);
    review.decide('Ada', one(4, null));
    const again = Review.open(run);
    for (const each of [review, again]) {
      expect(each.decisionOf(at(3))).toEqual(is(2));
      expect(each.decisionOf(at(4))).toBeNull();
      expect(each.decisionOf(at(0, 'test'))).toEqual({ choice: 'unsure' });
      expect(each.reviewed()).toEqual([at(3), at(0, 'test')]);
      expect(each.reviewers()).toEqual(['Ada']);
    }
  });

  test('undoes act by act down to nothing, also after opening anew', () => {
    const random = randomOf(5, 'review');
    let review = Review.open(run);
    const before: ReturnType<typeof state>[] = [];
    for (let act = 0; act < 60; act++) {
      before.push(state(review));
      const many = 1 + random.below(3);
      const made = Array.from({ length: many }, (_, i) => ({
        sample: at((random.below(12) + i) % 12),
        decision: [is(1), is(2), { choice: 'remove' } as const, null][random.below(4)]!,
      }));
      review.decide('Ada', made);
      if (act % 7 === 0) review = Review.open(run);
    }
    while (before.length > 0) {
      review.undo('Ada');
      expect(state(review)).toEqual(before.pop());
    }
    expect(review.undo('Ada')).toEqual([]);
    expect(review.isUndoable('Ada')).toBe(false);
  });

  test('a review that is broken off at any byte keeps every act that was whole', () => {
    const review = Review.open(run);
    const states = [state(review)];
    for (const act of [one(1, is(4)), one(2, { choice: 'unsure' }), one(1, null)]) {
      review.decide('Ada', act);
      states.push(state(review));
    }
    review.undo('Ada');
    states.push(state(review));
    const bytes = readFileSync(reviewPath(run));
    for (let length = 0; length <= bytes.length; length++) {
      const part = bytes.subarray(0, length);
      writeFileSync(reviewPath(run), part);
      const whole = part.toString().split('\n').length - 1;
      const opened = Review.open(run);
      expect(state(opened)).toEqual(states[whole]);
      opened.decide('Ada', one(9, is(1)));
      expect(Review.open(run).decisionOf(at(9))).toEqual(is(1));
    }
  });

  test('a damaged line is told by its number', () => {
    writeFileSync(reviewPath(run), '{"act":"undo","reviewer":"Ada"}\n{"act":"dance"}\n');
    expect(() => Review.open(run)).toThrow(/line 2.*damaged/);
  });
});

describe('several reviewers', () => {
  test('who differ leave a label undecided until somebody settles it', () => {
    const review = Review.open(run);
    review.decide('Ada', [...one(1, is(4)), ...one(2, is(5))]);
    review.merge('Bea', [...one(1, is(6)), ...one(2, is(5)), ...one(3, is(1))]);
    expect(review.isDisputed(at(1))).toBe(true);
    expect(review.decisionOf(at(1))).toBeNull();
    expect([review.decisionOf(at(2)), review.decisionOf(at(3))]).toEqual([is(5), is(1)]);
    expect(review.decisionsOf(at(1))).toEqual([
      { reviewer: 'Ada', decision: is(4) },
      { reviewer: 'Bea', decision: is(6) },
    ]);
    review.decide('Ada', one(1, is(6)));
    expect(review.isDisputed(at(1))).toBe(false);
    review.undo('Ada');
    expect(review.isDisputed(at(1))).toBe(true);
    review.decide('Ada', one(1, is(8)));
    expect(Review.open(run).decisionOf(at(1))).toEqual(is(8));
  });

  test('who is unsure stands in nobody’s way', () => {
    const review = Review.open(run);
    review.decide('Ada', one(1, { choice: 'unsure' }));
    review.merge('Bea', one(1, is(6)));
    expect(review.isDisputed(at(1))).toBe(false);
    expect(review.decisionOf(at(1))).toEqual(is(6));
  });

  test('the same file merged twice changes nothing, and what was merged is not undone', () => {
    const review = Review.open(run);
    const made = [...one(1, is(6)), ...one(2, is(5))];
    review.merge('Bea', made);
    const once = state(review);
    review.merge('Bea', made);
    expect(state(review)).toEqual(once);
    expect(review.undo('Bea')).toEqual([]);
  });
});
