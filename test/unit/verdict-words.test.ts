/** The words of a verdict, wherever they are written. */
import { chance } from '../../core/contract/words/numbers.ts';
import { expect, test } from 'vitest';
import texts from '../../assets/texts/en.json' with { type: 'json' };
import {
  aheadWords,
  basisNotes,
  basisOf,
  markPhrase,
  savedWords,
  verdictHeadline,
  verdictNote,
  verdictWords,
} from '../../core/contract/messages/verdict.ts';
import type { Advice } from '../../core/contract/messages/verdict.ts';
import { inWords } from '../../core/contract/words/phrase.ts';
import { inEnglish } from '../../core/contract/words/texts.ts';
import { verdictSentence } from '../../core/report/run-document.ts';
import type { Verdict } from '../../core/contract/messages/records.ts';
import { logStory } from '../../renderer/places/log/words.ts';
import type { LogView } from '../../core/contract/messages/logs.ts';

const past: Advice = { epoch: 6, low: 4, high: 9, phase: 'past', chanceAhead: 0.02 };
const flat: Advice = { ...past, phase: 'flat', chanceAhead: 0.3 };
const learning: Advice = { ...past, phase: 'learning', chanceAhead: 0.72 };

test('each phase has its words', () => {
  expect(verdictWords(past, 40, inEnglish)).toBe('Stop at epoch 6 (4 to 9).');
  expect(verdictWords({ ...past, low: 6, high: 6 }, 40, inEnglish)).toBe('Stop at epoch 6.');
  expect(verdictWords(flat, 40, inEnglish)).toBe(
    'A better epoch ahead is less likely than not: keep epoch 6 (4 to 9).',
  );
  expect(verdictWords({ ...flat, high: 40 }, 40, inEnglish)).toBe(
    'No need to stop yet: the last epoch may be as good as any. Best so far: epoch 6 (4 to 40).',
  );
  expect(verdictWords(learning, 9, inEnglish)).toBe(
    'Keep training: the best epoch is probably still ahead. The chance of a better epoch ahead is 72%. ' +
      'Best so far: epoch 6 (4 to 9).',
  );
  expect([past, flat, learning].map((one) => inWords(markPhrase(one), inEnglish))).toEqual([
    'stop at 6',
    'best so far: 6',
    'best so far: 6',
  ]);
});

test('a headline that names the epoch needs no note', () => {
  expect(verdictNote(past, 40, inEnglish)).toBe('');
  expect(verdictNote(flat, 40, inEnglish)).toBe('');
  expect(verdictNote(flat, 9, inEnglish)).toBe('Best so far: epoch 6.');
});

test('a log is told in its own steps', () => {
  const counting = { unit: 'step' as const, write: (at: number) => at.toFixed(1) };
  expect(verdictHeadline(past, 40, inEnglish, counting)).toBe('Stop at step 6.0');
  expect(verdictHeadline(flat, 9, inEnglish, counting)).toBe(
    'No need to stop yet: the last step may be as good as any',
  );
  expect(verdictWords(learning, 9, inEnglish, counting)).toContain('a better step ahead is 72%');
});

test('chances are never told as certain, and savings have their plural', () => {
  expect([0, 0.4217, 1].map(chance)).toEqual(['0.1%', '42.2%', '99.9%']);
  expect(aheadWords(0.999, inEnglish)).toBe('The chance of a better epoch ahead is over 99%.');
  expect(aheadWords(0.001, inEnglish)).toBe('The chance of a better epoch ahead is under 1%.');
  expect(savedWords(26, 14, inEnglish)).toBe(
    'Stopped automatically after epoch 14 of 40; the other 26 were not needed',
  );
  expect(savedWords(1, 39, inEnglish)).toBe(
    'Stopped automatically after epoch 39 of 40; the other one was not needed',
  );
});

const rest = {
  confidence: 0.6,
  expectedLoss: null,
  method: '',
  reasons: [],
  why: [],
  candidates: [],
};
const row = (at: number) => ({
  at,
  trainAccuracy: null,
  holdoutAccuracy: 0.5,
  trainLoss: null,
  holdoutLoss: null,
  relativeDistance: null,
  predictionChanges: null,
});

test.each([past, flat, learning, { ...flat, high: 40 }])(
  'window, report and command line begin with the same words: $phase to $high',
  (evaluated) => {
    const verdict: Verdict = { ...evaluated, ...rest };
    const headline = verdictHeadline(evaluated, 40, inEnglish);
    const record = { trainLoss: 1, trainAccuracy: 0.5, distance: 1, relativeDistance: 1 };
    const rows = [6, 40].map((epoch) => ({ ...record, epoch, distanceByLayer: {}, seconds: 1 }));
    expect(verdictSentence(verdict, rows, inEnglish).startsWith(headline)).toBe(true);
    const read = { rows: [row(6), row(40)], columns: {}, measures: [], byStep: false };
    const view = { ...read, verdict, problem: null } as unknown as LogView;
    expect(logStory(view).headline).toBe(headline);
  },
);

test('what is known of a verdict is told by what it rests on, with sources', () => {
  // A method without a hold-out says so in its name.
  for (const [method, name] of Object.entries(texts.verdict.methods)) {
    const withoutHoldout = name.includes('(no hold-out)');
    expect([method, basisOf(method) === 'training']).toEqual([method, withoutHoldout]);
    const [supports, limits] = basisNotes(method, inEnglish);
    expect(supports).toContain(withoutHoldout ? 'Yuan et al. 2025' : 'Toner and Storkey 2024');
    expect(limits).toMatch(
      method === 'loss' ? /^For loss/ : withoutHoldout ? /^No theorem/ : /^What those results/,
    );
  }
});
