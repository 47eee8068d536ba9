/** Logs of further kinds, rebuilt small after public ones: fastai, timm, nnU-Net, boosting, consoles. */
import { eachEpoch, table } from './curve.ts';
import type { Case } from './text-cases.ts';

const f = (value: number, digits = 4) => value.toFixed(digits);

export const KIND_CASES: Case[] = [
  {
    name: "fastai's history.csv, whose accuracy is bare and whose time has a colon",
    text: table(['epoch', 'train_loss', 'valid_loss', 'accuracy', 'time'], (one) => [
      one.epoch - 1,
      one.trainLoss,
      one.holdoutLoss,
      one.holdoutAccuracy,
      '04:39',
    ]),
    columns: { trainLoss: 'train_loss', holdoutLoss: 'valid_loss', holdoutAccuracy: 'accuracy' },
    first: '0',
    file: 'history.csv',
  },
  {
    name: "timm's summary.csv, in percent",
    text: table(['epoch', 'train_loss', 'eval_loss', 'eval_top1', 'eval_top5', 'lr'], (one) => [
      one.epoch - 1,
      one.trainLoss,
      one.holdoutLoss,
      f(100 * one.holdoutAccuracy, 6),
      99.28,
      0.05,
    ]),
    columns: { trainLoss: 'train_loss', holdoutLoss: 'eval_loss', holdoutAccuracy: 'eval_top1' },
    first: '0',
    file: 'summary.csv',
  },
  {
    name: 'nnU-Net with losses below zero',
    text: eachEpoch(
      (one) =>
        `2024-07-04 07:21:36.566738: Epoch ${one.epoch - 1} \n2024-07-04 07:21:36.569838: Current learning rate: 0.01 \n2024-07-04 07:26:33.297476: train_loss ${f(one.trainLoss - 1)} \n2024-07-04 07:26:33.304471: val_loss ${f(one.holdoutLoss - 1)} \n2024-07-04 07:26:33.312732: Pseudo dice [${f(one.holdoutAccuracy)}, 0.0, 0.1] \n2024-07-04 07:26:33.337397: Epoch time: 296.73 s \n2024-07-04 07:26:33.345510: Yayy! New best EMA pseudo Dice: 0.0747`,
    ),
    columns: { trainLoss: 'train_loss', holdoutLoss: 'val_loss' },
    first: '0',
    format: /^nnU-Net log \(text\)$/,
    by: 'loss',
  },
  {
    name: 'names and values with commas between',
    text: eachEpoch((one) =>
      [10, 20]
        .map(
          (step) =>
            `epoch ${one.epoch}, phase train, step ${step}, loss_train, ${f(one.trainLoss)}`,
        )
        .concat(
          `epoch ${one.epoch} | val_loss: ${f(one.holdoutLoss)}`,
          `epoch ${one.epoch} | val_accuracy: ${f(one.holdoutAccuracy)}`,
        )
        .join('\n'),
    ),
    columns: {
      trainLoss: 'loss_train',
      holdoutLoss: 'val_loss',
      holdoutAccuracy: 'val_accuracy',
    },
  },
  {
    name: 'a line of names and values, the epoch too, with commas alone',
    text: eachEpoch(
      (one) =>
        `epoch, ${one.epoch}, loss_train, ${f(one.trainLoss)}, acc_val, ${f(one.holdoutAccuracy)}`,
    ),
    columns: { trainLoss: 'loss_train', holdoutAccuracy: 'acc_val' },
  },
  {
    name: 'names and values with colons and bars',
    text: eachEpoch(
      (one) =>
        `epoch: ${one.epoch} | loss_train: ${f(one.trainLoss)} | acc_val: ${f(one.holdoutAccuracy)}`,
    ),
    columns: { trainLoss: 'loss_train', holdoutAccuracy: 'acc_val' },
  },
  {
    name: 'counts of samples told once, before a measure of the validation part',
    text: eachEpoch(
      (one) =>
        `Epoch ${one.epoch} [  0/188] loss=${f(one.trainLoss)}\n  >> val AP=${f(one.holdoutAccuracy)}  AP50=0.9900  AP75=0.0100`,
      'Using device: cuda\r\nTrain: 188 | Val: 21\r\n',
    ),
    columns: { trainLoss: 'loss', holdoutAccuracy: 'val AP' },
  },
  {
    name: 'headings above values that tell no part',
    text: eachEpoch(
      (one) =>
        `Epoch ${one.epoch}\nTraining\nloss: ${f(one.trainLoss)} acc: ${f(one.trainAccuracy)}\nValidation...\nloss: ${f(one.holdoutLoss)} acc: ${f(one.holdoutAccuracy)}`,
    ),
    columns: {
      trainLoss: 'loss',
      trainAccuracy: 'acc',
      holdoutLoss: 'val loss',
      holdoutAccuracy: 'val acc',
    },
  },
  {
    name: 'Hugging Face console with an error rate offered',
    text:
      eachEpoch(
        (one) =>
          `{'loss': ${f(one.trainLoss)}, 'grad_norm': 9.31, 'learning_rate': 2e-06, 'epoch': ${one.epoch}.0}\n{'eval_loss': ${one.holdoutLoss}, 'eval_wer': 15.43, 'eval_runtime': 17.973, 'eval_samples_per_second': 0.89, 'epoch': ${one.epoch}.0}`,
      ) + "{'train_runtime': 1801.5, 'train_loss': 1.1068, 'epoch': 30.0}\n",
    columns: { trainLoss: 'loss', holdoutLoss: 'eval_loss' },
    format: /^Hugging Face console/,
    by: 'loss',
  },
];
