/** Logs of further programs, found in public repositories' shapes. */
import { CURVE, eachEpoch, table } from './curve.ts';
import type { Case } from './text-cases.ts';

const f = (value: number) => value.toFixed(4);
const stamp = (epoch: number) => `2024-05-01 10:00:${String(epoch).padStart(2, '0')}`;

export const MORE_CASES: Case[] = [
  {
    name: 'ignite',
    text: eachEpoch(
      (one) =>
        `${stamp(one.epoch)},123 ignite.engine.engine.Engine INFO: Epoch[${one.epoch}] Complete. Time taken: 00:00:05\nTraining Results - Epoch: ${one.epoch}  Avg accuracy: ${f(one.trainAccuracy)} Avg loss: ${f(one.trainLoss)}\nValidation Results - Epoch: ${one.epoch}  Avg accuracy: ${f(one.holdoutAccuracy)} Avg loss: ${f(one.holdoutLoss)}`,
    ),
    columns: {
      trainLoss: 'Training Results Avg loss',
      trainAccuracy: 'Training Results Avg accuracy',
      holdoutLoss: 'Validation Results Avg loss',
      holdoutAccuracy: 'Validation Results Avg accuracy',
    },
  },
  {
    name: 'PaddleClas',
    text: eachEpoch(
      (one) =>
        `[2024/05/01 10:00:00] ppcls INFO: [Train][Epoch ${one.epoch}/30][Avg]CELoss: ${f(one.trainLoss)}, loss: ${f(one.trainLoss)}, top1: ${f(one.trainAccuracy)}, top5: 0.9\n[2024/05/01 10:00:01] ppcls INFO: [Eval][Epoch ${one.epoch}][Avg]CELoss: ${f(one.holdoutLoss)}, loss: ${f(one.holdoutLoss)}, top1: ${f(one.holdoutAccuracy)}, top5: 0.97`,
    ),
    columns: {
      trainLoss: 'Train loss',
      trainAccuracy: 'Train top1',
      holdoutLoss: 'Eval loss',
      holdoutAccuracy: 'Eval top1',
    },
  },
  {
    name: 'fairseq',
    text: eachEpoch(
      (one) =>
        `${stamp(one.epoch)} | INFO | train | epoch ${String(one.epoch).padStart(3, '0')} | loss ${f(one.trainLoss)} | ppl 4.3 | wps 1000 | lr 0.1\n${stamp(one.epoch)} | INFO | valid | epoch ${String(one.epoch).padStart(3, '0')} | valid on 'valid' subset | loss ${f(one.holdoutLoss)} | accuracy ${f(one.holdoutAccuracy)} | best_accuracy 0.9`,
    ),
    columns: {
      trainLoss: 'train loss',
      holdoutLoss: 'valid loss',
      holdoutAccuracy: 'valid accuracy',
    },
  },
  {
    name: "PyTorch Geometric's examples",
    text: eachEpoch(
      (one) =>
        `Epoch: ${String(one.epoch).padStart(3, '0')}, Loss: ${f(one.trainLoss)}, Train: ${f(one.trainAccuracy)}, Val: ${f(one.holdoutAccuracy)}, Test: 0.9900`,
    ),
    columns: { trainLoss: 'Loss', trainAccuracy: 'Train', holdoutAccuracy: 'Val' },
  },
  {
    name: 'epochs as [3/50] alone',
    text: eachEpoch(
      (one) =>
        `[${one.epoch - 1}/30] train_loss: ${f(one.trainLoss)} valid_acc: ${f(one.holdoutAccuracy)}`,
    ),
    columns: { trainLoss: 'train_loss', holdoutAccuracy: 'valid_acc' },
    first: '0',
  },
  {
    name: 'bars of training and of validation',
    text: eachEpoch(
      (one) =>
        `Epoch ${one.epoch}/30: 100%|██████████| 391/391 [00:12<00:00, 31.2it/s, loss=${f(one.trainLoss)}, acc=${f(one.trainAccuracy)}]\nValidation: 100%|██████████| 79/79 [00:01<00:00, 60it/s, loss=${f(one.holdoutLoss)}, acc=${f(one.holdoutAccuracy)}]`,
    ),
    columns: {
      trainLoss: 'loss',
      trainAccuracy: 'acc',
      holdoutLoss: 'Validation loss',
      holdoutAccuracy: 'Validation acc',
    },
  },
  {
    name: 'SpeechBrain, an error in powers of ten',
    text: eachEpoch(
      (one) =>
        `epoch: ${one.epoch}, lr: 1.00e-03 - train loss: ${one.trainLoss.toExponential(2)} - valid loss: ${one.holdoutLoss.toExponential(3)}, valid error: ${(1 - one.holdoutAccuracy).toExponential(3)}`,
    ),
    columns: { trainLoss: 'train loss', holdoutLoss: 'valid loss', holdoutAccuracy: 'valid error' },
  },
  {
    name: 'JSON in lines of a logger',
    text: eachEpoch(
      (one) =>
        `${stamp(one.epoch)},001 INFO train.py:33 {"epoch": ${one.epoch}, "train_loss": ${one.trainLoss}, "val_acc": ${one.holdoutAccuracy}}`,
    ),
    columns: { trainLoss: 'train_loss', holdoutAccuracy: 'val_acc' },
  },
  {
    name: "flair's loss.tsv",
    text: table(
      'EPOCH TIMESTAMP BAD_EPOCHS TRAIN_LOSS DEV_LOSS DEV_F1 DEV_ACCURACY'.split(' '),
      (one) => [one.epoch, '10:00:00', 0, one.trainLoss, one.holdoutLoss, 0.8, one.holdoutAccuracy],
      '\t',
    ),
    columns: { trainLoss: 'TRAIN_LOSS', holdoutLoss: 'DEV_LOSS', holdoutAccuracy: 'DEV_ACCURACY' },
    format: /^TSV$/,
  },
  {
    name: "timm's summary",
    text: table(['epoch', 'train_loss', 'eval_loss', 'eval_top1', 'eval_top5', 'lr'], (one) => [
      one.epoch - 1,
      one.trainLoss,
      one.holdoutLoss,
      100 * one.holdoutAccuracy,
      97,
      0.1,
    ]),
    columns: { trainLoss: 'train_loss', holdoutLoss: 'eval_loss', holdoutAccuracy: 'eval_top1' },
    first: '0',
  },
  {
    name: "Keras's history of R, long",
    text: `"","epoch","value","metric","data"\n${eachEpoch((one) => `"1",${one.epoch},${one.trainLoss},"loss","training"\n"2",${one.epoch},${one.holdoutAccuracy},"accuracy","validation"`)}`,
    columns: { trainLoss: 'training/loss', holdoutAccuracy: 'validation/accuracy' },
  },
  {
    name: 'Comet, long',
    text: `metricName,metricValue,step,epoch,timestamp\n${eachEpoch((one) => `train_loss,${one.trainLoss},${100 * one.epoch},${one.epoch},1\nval_acc,${one.holdoutAccuracy},${100 * one.epoch},${one.epoch},1`)}`,
    columns: { trainLoss: 'train_loss', holdoutAccuracy: 'val_acc' },
  },
  {
    name: 'a measure in a file of its own',
    text: table(['step', 'timestamp', 'value'], (one) => [one.epoch, 1.7e9, one.holdoutAccuracy]),
    columns: { holdoutAccuracy: 'val_acc' },
    file: 'val_acc.csv',
  },
  {
    name: "Detectron2, whose precision is the hold-out's",
    text: eachEpoch(
      (one) =>
        `${JSON.stringify({ iteration: one.epoch, total_loss: one.trainLoss })}\n${JSON.stringify({ iteration: one.epoch, 'bbox/AP': 100 * one.holdoutAccuracy, 'bbox/AP50': 90 })}`,
    ),
    columns: { trainLoss: 'total_loss', holdoutAccuracy: 'bbox/AP' },
  },
  {
    name: 'plural names',
    text: JSON.stringify({
      train_losses: CURVE.map((one) => one.trainLoss),
      val_accuracies: CURVE.map((one) => one.holdoutAccuracy),
    }),
    columns: { trainLoss: 'train_losses', holdoutAccuracy: 'val_accuracies' },
  },
];
