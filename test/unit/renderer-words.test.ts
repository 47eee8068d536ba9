import { asWritten } from '../../core/contract/words/phrase.ts';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { ConfigSchema, NoiseSchema } from '../../core/contract/config/schema.ts';
import { CATALOGUE } from '../../core/api/catalogue.ts';
import { ownName } from '../../core/contract/config/own-name.ts';
import type { Config } from '../../core/contract/config/schema.ts';
import type { EpochView, RunRow, Verdict } from '../../core/contract/messages/records.ts';
import {
  baseName,
  withSeparators,
  duration,
  percent,
  points,
  shortPercent,
  significant,
  sureness,
  when,
} from '../../renderer/words/format.ts';
import { chooseFrom } from '../../renderer/words/catalogue.ts';
import { dataName, noiseName, statusWord } from '../../renderer/words/names.ts';
import { filledIn, wrongSum } from '../../renderer/words/noise.ts';
import { arrange } from '../../renderer/places/runs/columns.ts';
import { differences } from '../../core/contract/drawing/epochs/compare.ts';
import {
  afterStory,
  beforeStory,
  duringStory,
  ratesSentence,
} from '../../renderer/words/sentences.ts';
import { mergeEpochs } from '../../renderer/state/epochs.ts';
import { fieldErrors, isConfig } from '../../renderer/state/fields.ts';
import preset from '../../assets/presets/mnist-quick.json';

chooseFrom(() => CATALOGUE);
const config = v.parse(ConfigSchema, preset);
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

function epoch(at: number, testAccuracy?: number): EpochView {
  return {
    record: {
      epoch: at,
      trainLoss: 1,
      trainAccuracy: 0.5,
      ...(testAccuracy === undefined ? {} : { testAccuracy }),
      distance: at,
      relativeDistance: at / 10,
      distanceByLayer: {},
      seconds: 1,
    },
    outcomes: null,
  };
}

const verdict: Verdict = {
  epoch: 6,
  low: 4,
  high: 9,
  confidence: 0.9,
  chanceAhead: 0.02,
  expectedLoss: 0.003,
  method: 'hold-out',
  phase: 'past',
  why: [],
  candidates: [],
};

const row: RunRow = {
  id: 'a',
  name: 'A',
  status: 'finished',
  problem: null,
  wrongShare: 0.36,
  config,
  recorded: null,
  lastEpoch: 40,
  savedEpochs: 0,
  recommended: 6,
  testAtStop: 0.946,
  testBest: 0.95,
  testLast: 0.708,
  relativeDistance: 5,
  created: '2024-03-03T10:00:00Z',
  spark: [],
};
const epochs = Array.from({ length: 41 }, (_, i) => epoch(i, i === 40 ? 0.708 : 0.946));

describe('numbers', () => {
  test('accuracies have one decimal, settings none that is needless', () => {
    expect(plain(percent(0.9333))).toBe('93.3%');
    expect(percent(null)).toBe('–');
    expect(plain(shortPercent(0.4))).toBe('40%');
    expect(plain(shortPercent(0.125))).toBe('12.5%');
    expect(points(-0.238)).toBe('−23.8');
    expect(points(0.0001)).toBe('0.0');
  });

  test('other numbers have at most four significant digits', () => {
    expect(significant(5.32167)).toBe('5.322');
    expect(significant(0.91234, 3)).toBe('0.912');
    expect(significant(61706)).toBe('61,706');
    expect(significant(0.0000123)).toBe('1.23e-5');
    expect(significant(0)).toBe('0');
    expect(withSeparators(4795914)).toBe('4,795,914');
  });

  test('times to come and times gone', () => {
    expect(plain(duration(12.4))).toBe('12 s');
    expect(plain(duration(200))).toBe('3 min');
    expect(plain(duration(2 * 3600))).toBe('2 h 0 min');
    const now = new Date('2025-06-01T12:00:00');
    expect(when('2024-03-03T10:00:00', now)).toBe('3 Mar 2024');
    expect(when('2025-06-01T09:05:00', now)).toBe('09:05');
  });

  test('paths of any system end in a name', () => {
    expect(baseName('/home/ada/fashion/')).toBe('fashion');
    expect(baseName('C:\\data\\mine')).toBe('mine');
    expect(sureness(0.9)).toBe('High confidence');
  });
});

describe('sentences', () => {
  test('rates and kinds that have none', () => {
    const of = (changes: Partial<Config['noise']>) =>
      v.parse(NoiseSchema, { ...config.noise, ...changes });
    const rates = (changes: Partial<Config['noise']>, askedRate: number) =>
      plain(ratesSentence({ realizedRate: 0.3624, askedRate }, of(changes)));
    expect(rates({}, 0.4)).toBe('36.2%; 40% requested');
    expect(rates({ kind: 'uniform' }, 0.36)).toBe('36.2%; 40% requested over all classes');
    expect(rates({ kind: 'one-class' }, 0.04)).toBe('36.2%; 4% expected');
    expect(rates({ kind: 'matrix' }, 0.4)).toBe('36.2%; 40% expected');
    expect(plain(noiseName(of({ kind: 'uniform' })))).toBe('40% uniform noise');
    expect(noiseName(of({ kind: 'matrix' }))).toBe('matrix noise');
    expect(noiseName(of({ kind: 'count', count: 1200 }))).toBe('1,200 wrong labels');
    expect(noiseName(of({ kind: 'none' }))).toBe('no noise');
    const before = (changes: Partial<Config['noise']>) =>
      plain(beforeStory({ ...config, noise: of(changes) }).headline);
    expect(before({ kind: 'uniform' })).toContain('some of them mislabelled');
    expect(before({ kind: 'count', count: 0 })).not.toContain('mislabelled');
    expect(before({ kind: 'per-class', rates: [0, 0.1] })).toContain('some of them');
  });

  test('a kind that is chosen does something at once', () => {
    const filled = (kind: Config['noise']['kind'], classes: number) =>
      filledIn(v.parse(NoiseSchema, { ...config.noise, kind }), classes);
    expect(filled('per-class', 3).rates).toEqual([0.4, 0.4, 0.4]);
    for (const classes of [2, 3, 10]) {
      for (const row of filled('matrix', classes).matrix) expect(wrongSum(row)).toBeNull();
    }
    expect(filled('matrix', 10).matrix[0]!.slice(0, 2)).toEqual([0.604, 0.044]);
    expect(wrongSum([0.5, 0.4])).toBeCloseTo(0.9, 12);
  });

  test('during', () => {
    const progress = { phase: 'training', epoch: 4, secondsLeft: 12 };
    const learning = { ...verdict, phase: 'learning' as const, chanceAhead: 0.72 };
    const story = duringStory({ row, verdict: learning, epochs: epochs.slice(0, 4), progress });
    expect(story.headline).toBe('Still learning correct labels');
    expect(plain(story.detail)).toBe(
      'Epoch 4 of 40, 12 s left. The chance of a better epoch ahead is 72%.',
    );
    const past = duringStory({ row, verdict, epochs, progress: { ...progress, phase: 'paused' } });
    expect(past.headline).toBe('Paused. Past the peak: the network has begun to fit wrong labels');
    expect(past.detail).toBe('Epoch 4 of 40. The best so far is epoch 6 (4 to 9).');
  });

  test('after', () => {
    const story = afterStory({ row, verdict, epochs, progress: null });
    expect(story.headline).toBe('Stop at epoch 6');
    expect(plain(story.detail)).toBe(
      'Test accuracy is 94.6% at this epoch and 70.8% after epoch 40: training on costs 23.8 points.',
    );
    const failed: RunRow = { ...row, status: 'failed', problem: asWritten('NaN in epoch 3.') };
    expect(afterStory({ row: failed, verdict, epochs, progress: null }).detail).toBe(
      'NaN in epoch 3.',
    );
    const full: RunRow = { ...row, status: 'interrupted', problem: asWritten('The disk is full.') };
    expect(afterStory({ row: full, verdict, epochs, progress: null })).toMatchObject({
      headline: 'This run was interrupted',
      detail: 'The disk is full.',
    });
    const short = afterStory({ row, verdict: null, epochs: epochs.slice(0, 2), progress: null });
    expect(short.headline).toBe('Nothing to evaluate yet');
  });

  test('after, where nothing overfits: no stop, or an epoch to keep', () => {
    const flat = { ...verdict, phase: 'flat' as const, epoch: 37, low: 4, high: 40 };
    const none = afterStory({ row, verdict: flat, epochs, progress: null });
    expect(none.headline).toBe('No need to stop yet: the last epoch may be as good as any');
    expect(plain(none.detail)).toBe(
      'Best so far: epoch 37. Test accuracy is 94.6% at this epoch and 70.8% after epoch 40.',
    );
    const keep = { ...flat, epoch: 12, high: 15 };
    const kept = afterStory({ row, verdict: keep, epochs, progress: null });
    expect(kept.headline).toBe('A better epoch ahead is less likely than not: keep epoch 12');
    expect(plain(kept.detail)).toMatch(/^Test accuracy/);
  });

  test('after, where the best is ahead: with the chance of that', () => {
    const learning = { ...verdict, phase: 'learning' as const, chanceAhead: 0.816 };
    const { headline, detail } = afterStory({ row, verdict: learning, epochs, progress: null });
    expect(headline).toBe('Keep training: the best epoch is probably still ahead');
    expect(detail).toMatch(/^The chance of a better epoch ahead is 82%\. Best so far: epoch 6\./);
  });

  test('a run that stops by itself: what it will do, and what it saved', () => {
    const itself = { ...config, training: { ...config.training, stopChance: 0.2 } };
    const auto: RunRow = { ...row, config: itself };
    const progress = { phase: 'training', epoch: 14, secondsLeft: 12 };
    const during = duringStory({ row: auto, verdict, epochs: epochs.slice(0, 14), progress });
    expect(plain(during.detail)).toBe(
      'Epoch 14 of 40, at most 12 s left. Training stops automatically once the best epoch has passed. ' +
        'The best so far is epoch 6 (4 to 9).',
    );
    const ended: RunRow = { ...auto, lastEpoch: 14, savedEpochs: 26 };
    const after = afterStory({ row: ended, verdict, epochs: epochs.slice(0, 15), progress: null });
    expect(after.detail).toMatch(
      /^Stopped automatically after epoch 14 of 40; the other 26 were not needed\./,
    );
    expect(statusWord(ended)).toBe('Stopped automatically');
  });

  test('names that say what an experiment is', () => {
    expect(ownName(config, CATALOGUE.noises)).toBe(config.name);
    const own = (data: Partial<Config['data']>, noise: Partial<Config['noise']>) =>
      ownName(
        {
          ...config,
          data: { ...config.data, ...data },
          noise: { ...config.noise, ...noise },
        },
        CATALOGUE.noises,
      );
    const source = '/home/me/pictures of birds/';
    const clean = { kind: 'none' } as const;
    const reading = { ...config.data.reading, labelsFile: '/tmp/human.pt' };
    expect(own({ source, labelsAreTrue: false }, clean)).toBe(
      'pictures of birds, labels as on disk, LeNet',
    );
    expect(own({ source }, clean)).toBe('pictures of birds, no noise, LeNet');
    expect(own({ source, reading }, clean)).toBe('pictures of birds, labels of human.pt, LeNet');
    expect(own({ reading: { ...reading, labelsField: 'worse' } }, { rate: 0.2 })).toBe(
      'MNIST, labels of worse, 20% symmetric noise, LeNet',
    );
    expect(dataName(config.data)).toBe('MNIST · 5,000 + 1,000');
  });
});

describe('fields', () => {
  test('a config from the presets has no errors', () => {
    expect(isConfig(config)).toBe(true);
    expect(fieldErrors(config)).toEqual({});
  });

  test('each error stands at its field, without the name in brackets', () => {
    const broken = structuredClone(config);
    broken.training.batch = 0;
    broken.data.train = NaN;
    broken.name = '';
    expect(fieldErrors(broken)).toEqual({
      name: 'Needs a name of 1 to 120 characters',
      'data.train': 'Needs a number',
      'training.batch': 'Needs a whole number from 1 to 1,000,000',
    });
  });
});

describe('runs', () => {
  const other: RunRow = {
    ...row,
    id: 'b',
    name: 'B 10',
    testAtStop: null,
    config: { ...config, noise: { ...config.noise, kind: 'pair', rate: 0.3, seed: 0 } },
  };
  const third: RunRow = { ...row, id: 'c', name: 'B 9', testAtStop: 0.99, status: 'interrupted' };
  const ids = (rows: RunRow[]): string => rows.map((one) => one.id).join('');

  test('sort with missing values last both ways, and names by their numbers', () => {
    const rows = [other, row, third];
    expect(ids(arrange(rows, '', { key: 'testAtStop', down: true }))).toBe('cab');
    expect(ids(arrange(rows, '', { key: 'testAtStop', down: false }))).toBe('acb');
    expect(ids(arrange(rows, '', { key: 'name', down: false }))).toBe('acb');
  });

  test('filter by every word, in any column', () => {
    const rows = [other, row, third];
    expect(ids(arrange(rows, '30% PAIR', { key: 'name', down: false }))).toBe('b');
    expect(ids(arrange(rows, 'interrupted', { key: 'name', down: false }))).toBe('c');
    expect(ids(arrange(rows, 'lenet zebra', { key: 'name', down: false }))).toBe('');
  });

  test('differences list only settings that differ', () => {
    const view = (one: RunRow) => ({ row: one }) as Parameters<typeof differences>[0][number];
    expect(differences([view(row), view(other)])).toEqual([
      { field: 'noise.kind', values: ['symmetric', 'pair'] },
      { field: 'noise.rate', values: ['0.4', '0.3'] },
    ]);
  });
});

test('epochs measured again after a resume replace the old ones', () => {
  const merged = mergeEpochs([epoch(0), epoch(1), epoch(2)], [epoch(2, 0.5), epoch(3)]);
  expect(merged.map((view) => view.record.epoch)).toEqual([0, 1, 2, 3]);
  expect(merged[2]?.record.testAccuracy).toBe(0.5);
});
