/** Logs of other programs in Ada's home: Keras's real one with a verdict made up for it, and odd ones. */
import keras from '../fixtures/logs/keras.csv?raw';
import { asWritten } from '../../core/contract/words/phrase.ts';
import type { LogView } from '../../core/contract/messages/logs.ts';
import type { Params } from '../../core/contract/messages/messages.ts';
import type { Phrase } from '../../core/contract/words/phrase.ts';

const ROWS: LogView['rows'] = keras
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [at, trainAccuracy, trainLoss, holdoutAccuracy, holdoutLoss] = line
      .split(',')
      .map(Number);
    return {
      at: at!,
      trainAccuracy: trainAccuracy!,
      trainLoss: trainLoss!,
      holdoutAccuracy: holdoutAccuracy!,
      holdoutLoss: holdoutLoss!,
      relativeDistance: null,
      predictionChanges: null,
    };
  });

const AT = { unit: 'epoch', at: 10, last: 59 };
const WHY: Phrase[] = [
  {
    code: 'verdict.reasons.accuracyFell',
    values: {
      what: { code: 'verdict.holdoutAccuracy' },
      ...AT,
      here: '67.0%',
      later: '53.8%',
      points: '13.2',
    },
  },
  { code: 'verdict.reasons.memorizing', values: { ...AT, here: '65.6%', later: '83.1%' } },
];

const KERAS: LogView = {
  path: '/home/ada/keras.csv',
  format: 'Keras CSVLogger (CSV)',
  byStep: false,
  rows: ROWS,
  columns: {
    epoch: ['epoch'],
    trainAccuracy: ['accuracy'],
    holdoutAccuracy: ['val_accuracy'],
    trainLoss: ['loss'],
    holdoutLoss: ['val_loss'],
  },
  available: ['epoch', 'accuracy', 'loss', 'val_accuracy', 'val_loss', 'val_f1', 'val_mse'],
  measures: [
    { name: 'val_f1', better: 'higher' },
    { name: 'val_mse', better: 'lower' },
  ],
  notes: [],
  verdict: {
    epoch: 10,
    low: 4,
    high: 14,
    chanceAhead: 0.02,
    expectedLoss: 0.004,
    confidence: 0.93,
    method: 'zigzags',
    phase: 'past',
    why: WHY,
    candidates: [
      { rule: 'highestAccuracy', epoch: 10 },
      { rule: 'lowestLoss', epoch: 9 },
      { rule: 'patience5', epoch: 9 },
      { rule: 'last', epoch: 59 },
    ],
  },
  problem: null,
};

/** Half epochs, every signal, long names. */
const EVERYTHING: LogView = {
  ...KERAS,
  path: '/home/ada/everything.jsonl',
  format: 'Weights & Biases history (JSON Lines)',
  rows: ROWS.map((row, i) => ({
    ...row,
    at: row.at / 2,
    relativeDistance: 0.05 * Math.sqrt(i + 1),
    predictionChanges: Math.round(400 / (i + 1)),
  })),
  columns: {
    epoch: ['train/epoch'],
    holdoutAccuracy: ['val_accuracy/dataloader_idx_0', 'val_accuracy/dataloader_idx_1'],
    trainAccuracy: ['train/accuracy_of_the_whole_training_part_as_given'],
    relativeDistance: ['relative_distance'],
    predictionChanges: ['prediction_changes'],
  },
  measures: [],
  available: [
    'train/epoch',
    'val_accuracy/dataloader_idx_0',
    'val_accuracy/dataloader_idx_1',
    'train/accuracy_of_the_whole_training_part_as_given',
    'relative_distance',
    'prediction_changes',
  ],
  notes: [
    asWritten(
      'holdoutAccuracy is the average of val_accuracy/dataloader_idx_0 and val_accuracy/dataloader_idx_1.',
    ),
    { code: 'log.notes.repeatedMany', values: { from: '3', to: '7', n: 9 } },
  ],
  verdict: {
    ...KERAS.verdict!,
    epoch: 5.5,
    low: 2,
    high: 7,
    candidates: [{ rule: 'last', epoch: 29.5 }],
  },
};

/** Only training loss: no stop can be told. */
const TRAINING_ONLY: LogView = {
  ...KERAS,
  path: '/home/ada/training-only.csv',
  rows: ROWS.map((row) => ({
    ...row,
    trainAccuracy: null,
    holdoutAccuracy: null,
    holdoutLoss: null,
  })),
  columns: { epoch: ['epoch'], trainLoss: ['loss'] },
  available: ['epoch', 'loss'],
  measures: [],
  notes: [{ code: 'log.notes.noHoldout' }],
  verdict: null,
  problem: { code: 'errors.log.trainingOnly', values: { format: 'Keras CSVLogger' } },
};

/** Names that say nothing. */
const STRANGE: LogView = {
  ...TRAINING_ONLY,
  path: '/home/ada/strange.csv',
  format: 'CSV',
  rows: [],
  columns: {},
  available: ['t', 'a', 'b'],
  notes: [],
  problem: {
    code: 'errors.log.unknownColumns',
    values: { where: '/home/ada/strange.csv', available: ['t', 'a', 'b'] },
  },
};

/** What lies at a path; null where it is no log. */
export function fakeLog({ path, columns, asked }: Params<'log.open'>): LogView | null {
  if (path.endsWith('broken-log.csv')) {
    throw new Error(
      `${path}, row 12 has 3 values where there are 5 columns; correct or remove that row.`,
    );
  }
  if (path === STRANGE.path && Object.keys(columns).length > 0) return { ...KERAS, path, columns };
  const found = [KERAS, EVERYTHING, TRAINING_ONLY, STRANGE].find((log) => log.path === path);
  if (!found) {
    if (asked) throw new Error(`${path} is no log that can be read.`);
    return null;
  }
  return Object.keys(columns).length > 0 ? { ...found, columns } : found;
}
