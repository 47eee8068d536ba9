/** Columns of trainings as people and programs name them. */
import { table } from './curve.ts';
import type { Measured } from './curve.ts';
import type { Case } from './text-cases.ts';

const four = ({ trainLoss, trainAccuracy, holdoutLoss, holdoutAccuracy }: Measured) => [
  trainLoss,
  trainAccuracy,
  holdoutLoss,
  holdoutAccuracy,
];
const pc = (value: number) => (100 * value).toFixed(3);
const ROLES = ['trainLoss', 'trainAccuracy', 'holdoutLoss', 'holdoutAccuracy'];
const named = (...names: string[]) => Object.fromEntries(names.map((name, i) => [ROLES[i]!, name]));

/** A CSV of epoch and these four columns, and what is expected of it. */
function fourColumns(name: string, ...names: string[]): Case {
  return {
    name,
    text: table(['epoch', ...names], (one) => [one.epoch, ...four(one)]),
    columns: named(...names),
  };
}

/** A CSV of any columns. */
function columnsOf(
  name: string,
  columns: Record<string, string>,
  cells: Record<string, (one: Measured) => string | number>,
  more: Partial<Case> = {},
): Case {
  const text = table(Object.keys(cells), (one) => Object.values(cells).map((cell) => cell(one)));
  return { name, text, columns, ...more };
}

const epoch = (one: Measured) => one.epoch;
const trainLoss = (one: Measured) => one.trainLoss;
const trainAccuracy = (one: Measured) => one.trainAccuracy;
const heldLoss = (one: Measured) => one.holdoutLoss;
const held = (one: Measured) => one.holdoutAccuracy;
const constant = (value: number) => () => value;
const FASTAI = { trainLoss: 'train_loss', holdoutLoss: 'valid_loss' };

export const NAME_CASES: Case[] = [
  fourColumns('v_', 't_loss', 't_acc', 'v_loss', 'v_acc'),
  fourColumns('cv_', 'train_loss', 'train_acc', 'cv_loss', 'cv_acc'),
  fourColumns('ho_', 'tr_loss', 'tr_acc', 'ho_loss', 'ho_acc'),
  fourColumns('va_', 'tr_loss', 'tr_acc', 'va_loss', 'va_acc'),
  fourColumns('camel case', 'TrainLoss', 'TrainAcc', 'ValLoss', 'ValAcc'),
  fourColumns('glued', 'trainloss', 'trainacc', 'valloss', 'valacc'),
  fourColumns(
    'words',
    'Training Loss',
    'Training Accuracy',
    'Validation Loss',
    'Validation Accuracy',
  ),
  fourColumns('folders', 'loss/train', 'acc/train', 'loss/val', 'acc/val'),
  fourColumns('top-1', 'train_loss', 'train_top1', 'val_loss', 'val_top-1'),
  columnsOf(
    'fastai: error_rate is an error',
    { ...FASTAI, holdoutAccuracy: 'error_rate' },
    {
      epoch,
      train_loss: trainLoss,
      valid_loss: heldLoss,
      error_rate: (one) => (1 - one.holdoutAccuracy).toFixed(6),
      time: () => '00:10',
    },
  ),
  columnsOf(
    'fastai: accuracy beside f1_score',
    { ...FASTAI, holdoutAccuracy: 'accuracy' },
    { epoch, train_loss: trainLoss, valid_loss: heldLoss, accuracy: held, f1_score: held },
  ),
  columnsOf(
    'mAcc beside ValLoss',
    { trainLoss: 'TrainLoss', holdoutLoss: 'ValLoss', holdoutAccuracy: 'mAcc' },
    { Epoch: epoch, TrainLoss: trainLoss, ValLoss: heldLoss, mAcc: held, mIoU: held },
  ),
  columnsOf(
    'YOLO classify',
    { trainLoss: 'train/loss', holdoutLoss: 'val/loss', holdoutAccuracy: 'metrics/accuracy_top1' },
    {
      epoch,
      time: constant(1),
      'train/loss': trainLoss,
      'metrics/accuracy_top1': held,
      'metrics/accuracy_top5': constant(0.98),
      'val/loss': heldLoss,
      'lr/pg0': constant(0.01),
    },
    { format: /^Ultralytics \(CSV\)$/ },
  ),
  columnsOf(
    'YOLO detect: mean precision, the losses being in parts',
    { trainLoss: 'train/box_loss', holdoutAccuracy: 'metrics/mAP50-95(B)' },
    {
      epoch,
      'train/box_loss': trainLoss,
      'metrics/precision(B)': held,
      'metrics/recall(B)': held,
      'metrics/mAP50(B)': constant(0.9),
      'metrics/mAP50-95(B)': held,
      'val/box_loss': heldLoss,
      'val/cls_loss': heldLoss,
    },
  ),
  columnsOf(
    'acc@1 and acc@5',
    { holdoutAccuracy: 'val_acc@1' },
    {
      epoch,
      'val_acc@1': (one) => pc(one.holdoutAccuracy),
      'val_acc@5': (one) => pc(0.9 + one.epoch / 1000),
    },
  ),
  columnsOf(
    'val_top_1_accuracy and val_top_5_accuracy',
    { holdoutAccuracy: 'val_top_1_accuracy' },
    { epoch, val_top_1_accuracy: held, val_top_5_accuracy: (one) => 0.9 + one.epoch / 1000 },
  ),
  columnsOf(
    'val_acc_1 and val_acc_5',
    { holdoutAccuracy: 'val_acc_1' },
    { epoch, val_acc_1: held, val_acc_5: (one) => 0.9 + one.epoch / 1000 },
  ),
  columnsOf(
    'accuracy_top-1 and accuracy_top-5 beside val_loss',
    { holdoutLoss: 'val_loss', holdoutAccuracy: 'accuracy_top-1' },
    { epoch, val_loss: heldLoss, 'accuracy_top-1': held, 'accuracy_top-5': constant(0.97) },
  ),
  columnsOf(
    'Keras top-k accuracy',
    {
      trainLoss: 'loss',
      holdoutLoss: 'val_loss',
      holdoutAccuracy: 'val_sparse_categorical_accuracy',
    },
    {
      epoch,
      loss: trainLoss,
      val_loss: heldLoss,
      val_sparse_categorical_accuracy: held,
      val_sparse_top_k_categorical_accuracy: constant(0.97),
    },
  ),
  columnsOf(
    'top1 error',
    { trainAccuracy: 'train_err1', holdoutAccuracy: 'val_err1' },
    {
      epoch,
      train_err1: (one) => pc(1 - one.trainAccuracy),
      val_err1: (one) => pc(1 - one.holdoutAccuracy),
      val_err5: constant(3),
    },
  ),
  columnsOf(
    'validation error',
    { trainLoss: 'train_loss', holdoutAccuracy: 'val_error' },
    { epoch, train_loss: trainLoss, val_error: (one) => (1 - one.holdoutAccuracy).toFixed(6) },
  ),
  columnsOf('f1 alone', { holdoutAccuracy: 'val_f1' }, { epoch, val_f1: held }),
  columnsOf('auc alone', { holdoutAccuracy: 'valid_auc' }, { epoch, valid_auc: held }),
  columnsOf('dice alone', { holdoutAccuracy: 'val_dice' }, { epoch, val_dice: held }),
  columnsOf('mIoU alone', { holdoutAccuracy: 'val/mIoU' }, { epoch, 'val/mIoU': held }),
  columnsOf(
    'r2, negative at first',
    { holdoutAccuracy: 'val_r2' },
    { epoch, val_r2: (one) => (one.epoch === 1 ? -3 : one.holdoutAccuracy) },
  ),
  columnsOf(
    'word errors',
    { holdoutAccuracy: 'eval_wer' },
    { epoch, eval_wer: (one) => (1 - one.holdoutAccuracy).toFixed(6) },
  ),
  columnsOf('mse alone', { holdoutLoss: 'val_mse' }, { epoch, val_mse: heldLoss }, { by: 'loss' }),
  columnsOf(
    'perplexity alone',
    { holdoutLoss: 'eval_perplexity' },
    { epoch, eval_perplexity: (one) => Math.exp(one.holdoutLoss).toFixed(5) },
    { by: 'loss' },
  ),
  columnsOf(
    'loss before other measures',
    { trainLoss: 'loss', holdoutLoss: 'val_loss' },
    { epoch, loss: trainLoss, mae: trainLoss, val_loss: heldLoss, val_mae: heldLoss },
    { by: 'loss' },
  ),
  columnsOf(
    'epoch_num',
    { trainLoss: 'train_loss', holdoutAccuracy: 'val_acc' },
    { epoch_num: (one) => one.epoch - 1, train_loss: trainLoss, val_acc: held },
    { first: '0' },
  ),
  columnsOf(
    'epoch_idx from 5 on',
    { trainLoss: 'train_loss', holdoutAccuracy: 'val_acc' },
    { epoch_idx: (one) => one.epoch + 4, train_loss: trainLoss, val_acc: held },
    { first: '5' },
  ),
  columnsOf(
    "pandas' unnamed index",
    {
      trainLoss: 'loss',
      trainAccuracy: 'accuracy',
      holdoutLoss: 'val_loss',
      holdoutAccuracy: 'val_accuracy',
    },
    {
      '': (one) => one.epoch - 1,
      loss: trainLoss,
      accuracy: trainAccuracy,
      val_loss: heldLoss,
      val_accuracy: held,
    },
    { first: '0' },
  ),
  columnsOf(
    'Unnamed: 0',
    { holdoutAccuracy: 'val_accuracy' },
    { 'Unnamed: 0': (one) => one.epoch - 1, val_accuracy: held },
    { first: '0' },
  ),
  columnsOf(
    'Keras CSVLogger',
    {
      trainLoss: 'loss',
      trainAccuracy: 'accuracy',
      holdoutLoss: 'val_loss',
      holdoutAccuracy: 'val_accuracy',
    },
    {
      epoch: (one) => one.epoch - 1,
      accuracy: trainAccuracy,
      loss: trainLoss,
      val_accuracy: held,
      val_loss: heldLoss,
    },
    { first: '0', format: /^Keras CSVLogger \(CSV\)$/ },
  ),
  columnsOf(
    '3/50, tensors and percent signs',
    { trainLoss: 'train_loss', holdoutAccuracy: 'val_acc' },
    {
      epoch: (one) => `${one.epoch}/30`,
      train_loss: (one) => `tensor(${one.trainLoss})`,
      val_acc: (one) => `${pc(one.holdoutAccuracy)}%`,
    },
  ),
];
