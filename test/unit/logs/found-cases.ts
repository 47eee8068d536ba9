/** Shapes of public logs that were read wrongly once, or not at all. */
import { CURVE, eachEpoch } from './curve.ts';
import type { Case } from './text-cases.ts';

const f = (value: number, digits = 4) => value.toFixed(digits);
const list = (key: 'trainLoss' | 'trainAccuracy' | 'holdoutLoss' | 'holdoutAccuracy') =>
  `[${CURVE.map((one) => one[key]).join(', ')}]`;
const KERAS = {
  trainLoss: 'loss',
  trainAccuracy: 'accuracy',
  holdoutLoss: 'val_loss',
  holdoutAccuracy: 'val_accuracy',
};

export const FOUND_CASES: Case[] = [
  {
    name: 'a Python dict in a JSON string, as json.dump(str(history.history)) writes it',
    text: JSON.stringify(
      `{'loss': ${list('trainLoss')}, 'accuracy': ${list('trainAccuracy')}, 'val_loss': ${list('holdoutLoss')}, 'val_accuracy': ${list('holdoutAccuracy')}, 'lr': [nan]}`,
    ),
    columns: KERAS,
    format: /^JSON \(a list a column/,
    file: 'history.json',
  },
  {
    name: 'a JSON document in a JSON string',
    text: JSON.stringify(
      `{"loss": ${list('trainLoss')}, "accuracy": ${list('trainAccuracy')}, "val_loss": ${list('holdoutLoss')}, "val_accuracy": ${list('holdoutAccuracy')}, "lr": [NaN]}`,
    ),
    columns: KERAS,
    file: 'history.json',
  },
  {
    name: 'MMPose, whose training rows have an accuracy of their own',
    text: eachEpoch(
      (one) =>
        `{"lr": 0.1, "loss": ${one.trainLoss}, "acc_pose": ${one.trainAccuracy}, "epoch": ${one.epoch}, "iter": ${6 * one.epoch}, "step": ${6 * one.epoch}}\n{"coco/AP": ${one.holdoutAccuracy}, "coco/AP .5": 1.0, "coco/AP (M)": -1.0, "data_time": 0.01, "step": ${one.epoch}}`,
    ),
    columns: {
      trainLoss: 'loss',
      trainAccuracy: 'train/acc_pose',
      holdoutAccuracy: 'val/coco/AP',
    },
    format: /^MMEngine \(JSON Lines\)$/,
    file: 'scalars.json',
  },
  {
    name: 'names that end with a number or with brackets',
    text: eachEpoch(
      (one) =>
        `2024/05/01 10:00:00 - mmengine - INFO - Epoch(train) [${one.epoch}][6/6]  lr: 1e-3  loss: ${f(one.trainLoss)}\n` +
        `2024/05/01 10:00:01 - mmengine - INFO - Epoch(val) [${one.epoch}][6/6]    coco/AP: ${f(one.holdoutAccuracy)}  coco/AP .5: 0.990000  coco/AP .75: 0.000000  coco/AP (M): -1.000000  score(AP + AR): 1.5`,
    ),
    columns: { trainLoss: 'train loss', holdoutAccuracy: 'val coco/AP' },
    format: /^MMEngine log \(text\)$/,
  },
  {
    name: 'sentences with the samples before the value',
    text: eachEpoch(
      (one) =>
        `train acc on train images is  ${f(100 * one.trainAccuracy, 2)}\nval acc on the 5000 val images is  ${f(100 * one.holdoutAccuracy, 2)}\nepoch ${one.epoch}`,
      'epoch 0\n',
    )
      .split('\n')
      .filter((line) => line !== 'epoch 30')
      .join('\n'),
    columns: { trainAccuracy: 'acc on train images', holdoutAccuracy: 'val acc on val' },
    first: '0',
  },
  {
    name: 'two networks below one measure',
    text: eachEpoch(
      (one) =>
        `Epoch [${one.epoch}/30] Validation Accuracy on the 5000 images: Model1 ${f(100 * one.holdoutAccuracy + 0.5)} % Model2 ${f(100 * one.holdoutAccuracy - 0.5)} %, Pure Ratio 1 96.5 %, Pure Ratio 2 96.5 %`,
    ),
    columns: {
      holdoutAccuracy: 'Validation Accuracy on Model1+Validation Accuracy on Model2',
    },
  },
  {
    name: 'YOLOv5, whose columns have no names',
    text: eachEpoch((one) =>
      [
        `     ${one.epoch - 1}/29     1.86G   0.0983   0.0935         0 `,
        ` ${f(one.trainLoss)}        24       416    0.0335    0.1212 `,
        `   0.9900   ${f(one.holdoutAccuracy)}   0.09149   0.05837         0`,
      ].join(''),
    ),
    columns: { trainLoss: 'train/total_loss', holdoutAccuracy: 'metrics/mAP_0.5:0.95' },
    first: '0',
    format: /^YOLOv5 results.txt$/,
    file: 'results.txt',
  },
];
