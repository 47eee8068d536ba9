/** Documents that hold a training: JSON in many shapes, Python's dicts, JSON Lines of frameworks. */
import { CURVE, eachEpoch } from './curve.ts';
import type { Measured } from './curve.ts';
import type { Case } from './text-cases.ts';

const listOf = (key: keyof Measured): number[] => CURVE.map((one) => one[key]);
const errors = (key: 'trainAccuracy' | 'holdoutAccuracy') =>
  listOf(key).map((value) => Number((1 - value).toFixed(6)));
const KERAS = {
  loss: listOf('trainLoss'),
  accuracy: listOf('trainAccuracy'),
  val_loss: listOf('holdoutLoss'),
  val_accuracy: listOf('holdoutAccuracy'),
};
const ROLES = ['trainLoss', 'trainAccuracy', 'holdoutLoss', 'holdoutAccuracy'];
const named = (...names: string[]) => Object.fromEntries(names.map((name, i) => [ROLES[i]!, name]));
const USUAL = named('loss', 'accuracy', 'val_loss', 'val_accuracy');
const json = (
  name: string,
  document: unknown,
  columns: Record<string, string>,
  more: Partial<Case> = {},
): Case => ({
  name,
  text: JSON.stringify(document),
  columns,
  ...more,
});
const rows = CURVE.map((one) => ({
  epoch: one.epoch,
  train_loss: one.trainLoss,
  val_acc: one.holdoutAccuracy,
}));
const ROWS = { trainLoss: 'train_loss', holdoutAccuracy: 'val_acc' };
const parts = (train: string, held: string) => ({
  [train]: { loss: listOf('trainLoss'), acc: listOf('trainAccuracy') },
  [held]: { loss: listOf('holdoutLoss'), acc: listOf('holdoutAccuracy') },
});
const counted = (list: readonly number[]) => Object.fromEntries(list.map((value, i) => [i, value]));
const points = (list: readonly number[]) => ({ x: list.map((_, i) => i + 1), y: list });
const python = (value: unknown) => JSON.stringify(value).replaceAll('"', "'");

export const DOCUMENT_CASES: Case[] = [
  json('Keras history', KERAS, USUAL, { format: /^JSON \(a list a column, as Keras history\)$/ }),
  json('a history one level down', { history: KERAS, params: { epochs: 30, steps: 10 } }, USUAL),
  json('a history two levels down', { run: { id: 3, history: KERAS } }, USUAL),
  json(
    'parts with lists',
    { config: { lr: 0.1 }, ...parts('train', 'val') },
    named('train/loss', 'train/acc', 'val/loss', 'val/acc'),
  ),
  json(
    'parts with lists, one level down',
    { metrics: parts('training', 'validation') },
    named('training/loss', 'training/acc', 'validation/loss', 'validation/acc'),
  ),
  json('rows', rows, ROWS),
  json('rows one level down', { args: { lr: 0.1 }, epochs: rows }, ROWS),
  json(
    'rows with parts in them',
    CURVE.map((one) => ({
      epoch: one.epoch,
      train: { loss: one.trainLoss },
      val: { acc: one.holdoutAccuracy },
    })),
    { trainLoss: 'train/loss', holdoutAccuracy: 'val/acc' },
  ),
  json(
    'rows by epoch',
    Object.fromEntries(rows.map(({ epoch, ...row }) => [`epoch_${epoch}`, row])),
    ROWS,
  ),
  json(
    "pandas' index",
    Object.fromEntries(Object.entries(KERAS).map(([name, list]) => [name, counted(list)])),
    USUAL,
    { first: '0' },
  ),
  json(
    "pandas' split",
    {
      columns: ['loss', 'val_accuracy'],
      index: CURVE.map((_, i) => i),
      data: CURVE.map((one) => [one.trainLoss, one.holdoutAccuracy]),
    },
    { trainLoss: 'loss', holdoutAccuracy: 'val_accuracy' },
    { first: '0' },
  ),
  json(
    'evals_result of XGBoost',
    {
      train: { mlogloss: listOf('trainLoss'), merror: errors('trainAccuracy') },
      eval: { mlogloss: listOf('holdoutLoss'), merror: errors('holdoutAccuracy') },
    },
    named('train/mlogloss', 'train/merror', 'eval/mlogloss', 'eval/merror'),
  ),
  json(
    'evals_result of LightGBM',
    {
      training: { binary_logloss: listOf('trainLoss') },
      valid_1: { binary_logloss: listOf('holdoutLoss') },
    },
    { trainLoss: 'training/binary_logloss', holdoutLoss: 'valid_1/binary_logloss' },
    { by: 'loss', format: /^XGBoost or LightGBM evals_result$/ },
  ),
  json(
    'ClearML',
    {
      accuracy: { train: points(listOf('trainAccuracy')), val: points(listOf('holdoutAccuracy')) },
      loss: { val: points(listOf('holdoutLoss')) },
    },
    { trainAccuracy: 'accuracy/train', holdoutAccuracy: 'accuracy/val', holdoutLoss: 'loss/val' },
    { format: /^ClearML scalars$/ },
  ),
  { name: 'a printed history', text: python(KERAS), columns: USUAL, format: /^Python dict/ },
  {
    name: 'a printed history with a name and NumPy numbers',
    text: `history = {'val_accuracy': [${listOf('holdoutAccuracy')
      .map((one) => `np.float32(${one})`)
      .join(', ')}], 'loss': [${listOf('trainLoss').join(', ')}]}\n`,
    columns: { trainLoss: 'loss', holdoutAccuracy: 'val_accuracy' },
  },
  {
    name: 'a printed defaultdict',
    text: `defaultdict(<class 'list'>, ${python(KERAS)})`,
    columns: USUAL,
  },
  {
    name: 'a printed evals_result',
    text: `{'train': OrderedDict([('mlogloss', [${listOf('trainLoss').join(', ')}])]), 'eval': OrderedDict([('mlogloss', [${listOf('holdoutLoss').join(', ')}])])}`,
    columns: { trainLoss: 'train/mlogloss', holdoutLoss: 'eval/mlogloss' },
    by: 'loss',
  },
  {
    name: 'MMCV, rows of validation by mode',
    text: eachEpoch(
      (one) =>
        `{"mode": "train", "epoch": ${one.epoch}, "iter": 100, "lr": 0.01, "loss": ${one.trainLoss + 0.1}}\n{"mode": "train", "epoch": ${one.epoch}, "iter": 200, "lr": 0.01, "loss": ${one.trainLoss}}\n{"mode": "val", "epoch": ${one.epoch}, "iter": 20, "lr": 0.01, "accuracy_top-1": ${100 * one.holdoutAccuracy}, "accuracy_top-5": 97.1}`,
      '{"env_info": "sys.platform: linux", "seed": 0, "exp_name": "x.py"}\n',
    ),
    columns: { trainLoss: 'train/loss', holdoutAccuracy: 'val/accuracy_top-1' },
    format: /^MMCV \(JSON Lines\)$/,
    file: '20210501.log.json',
  },
  {
    name: 'MMEngine, rows of validation that tell their epoch as a step',
    text: eachEpoch(
      (one) =>
        `{"lr": 0.1, "data_time": 0.01, "loss": ${one.trainLoss}, "time": 0.05, "epoch": ${one.epoch}, "iter": ${391 * one.epoch}, "memory": 700, "step": ${391 * one.epoch}}\n{"accuracy/top1": ${100 * one.holdoutAccuracy}, "accuracy/top5": 97.1, "data_time": 0.01, "time": 0.03, "step": ${one.epoch}}`,
    ),
    columns: { trainLoss: 'loss', holdoutAccuracy: 'val/accuracy/top1' },
    format: /^MMEngine \(JSON Lines\)$/,
    file: 'scalars.json',
  },
  {
    name: 'JSON Lines with parts in the rows',
    text: eachEpoch((one) =>
      JSON.stringify({
        epoch: one.epoch,
        train: { loss: one.trainLoss },
        val: { loss: one.holdoutLoss, acc: one.holdoutAccuracy },
      }),
    ),
    columns: { trainLoss: 'train/loss', holdoutLoss: 'val/loss', holdoutAccuracy: 'val/acc' },
    format: /^JSON Lines$/,
  },
  {
    name: 'JSON Lines with a split in each row',
    text: eachEpoch(
      (one) =>
        `${JSON.stringify({ epoch: one.epoch, split: 'train', loss: one.trainLoss })}\n${JSON.stringify({ epoch: one.epoch, split: 'val', loss: one.holdoutLoss, acc: one.holdoutAccuracy })}`,
    ),
    columns: { trainLoss: 'train/loss', holdoutLoss: 'val/loss', holdoutAccuracy: 'val/acc' },
  },
];
