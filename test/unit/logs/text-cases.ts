/** What trainings print, in the exact shapes of the programs that print it. */
import { CURVE, eachEpoch } from './curve.ts';
import type { Measured } from './curve.ts';

/** A log, and what a person expects of it. */
export interface Case {
  name: string;
  text: string;
  /** Columns by signal, without epoch and step. */
  columns: Record<string, string>;
  /** What the log calls its first epoch. */
  first?: string;
  format?: RegExp;
  /** Of a log without accuracy the best is where its loss is least. */
  by?: 'loss';
  file?: string;
}

const f = (value: number, digits = 4) => value.toFixed(digits);
const pc = (value: number, digits = 2) => (100 * value).toFixed(digits);
const BAR = '='.repeat(30);
const clock = (epoch: number) => `12:${String(epoch).padStart(2, '0')}:07`;
const ALL = ['trainLoss', 'trainAccuracy', 'holdoutLoss', 'holdoutAccuracy'];
const named = (...names: string[]) => Object.fromEntries(names.map((name, i) => [ALL[i]!, name]));
const KERAS = named('loss', 'accuracy', 'val_loss', 'val_accuracy');
const keras = (one: Measured) =>
  `loss: ${f(one.trainLoss)} - accuracy: ${f(one.trainAccuracy)} - val_loss: ${f(one.holdoutLoss)} - val_accuracy: ${f(one.holdoutAccuracy)}`;

export const TEXT_CASES: Case[] = [
  {
    name: 'Keras 2 progress',
    text: eachEpoch(
      (one) => `Epoch ${one.epoch}/30\n100/100 [${BAR}] - 2s 8ms/step - ${keras(one)}`,
      '2024-05-01 10:00:00.1: I tensorflow/core/platform/cpu_feature_guard.cc:182] This binary is optimized\n',
    ),
    columns: KERAS,
    format: /^Keras progress \(text\)$/,
  },
  {
    name: 'Keras 3 progress, with colours, bars by returns and a checkpoint',
    text: eachEpoch(
      (one) =>
        `\u001b[1mEpoch ${one.epoch}/30\u001b[0m\r\n\u001b[1m  1/100\u001b[0m \u001b[37m━━━━━━━━━━━━━━━━━━━━\u001b[0m \u001b[1m1s\u001b[0m 12ms/step - accuracy: 0.1000 - loss: 2.3000` +
        `\r\u001b[1m100/100\u001b[0m \u001b[32m━━━━━━━━━━━━━━━━━━━━\u001b[0m\u001b[37m\u001b[0m \u001b[1m2s\u001b[0m 8ms/step - accuracy: ${f(one.trainAccuracy)} - loss: ${f(one.trainLoss)} - val_accuracy: ${f(one.holdoutAccuracy)} - val_loss: ${f(one.holdoutLoss)} - learning_rate: 0.0010\n` +
        `Epoch ${one.epoch}: val_loss did not improve from 0.50000`,
    ),
    columns: KERAS,
    format: /^Keras progress \(text\)$/,
  },
  {
    name: 'Keras with verbose=2 and backspaces',
    text: eachEpoch((one) => `Epoch ${one.epoch}/30\n 50/100\b\b\b\b\b\b\b - 2s - ${keras(one)}`),
    columns: KERAS,
  },
  {
    name: 'one line an epoch',
    text: eachEpoch(
      (one) =>
        `Epoch ${one.epoch}/30 | train loss ${f(one.trainLoss)} | train acc ${f(one.trainAccuracy)} | val loss ${f(one.holdoutLoss)} | val_acc: ${f(one.holdoutAccuracy)} | lr 0.001 | 12.3s`,
    ),
    columns: named('train loss', 'train acc', 'val loss', 'val_acc'),
  },
  {
    name: 'Python logging',
    text: eachEpoch(
      (one) =>
        `2024-05-01 ${clock(one.epoch)},123 - trainer.loop - INFO - Epoch ${one.epoch - 1}: train_loss=${f(one.trainLoss)}, train_acc=${f(one.trainAccuracy)}, val_loss=${f(one.holdoutLoss)}, val_acc=${f(one.holdoutAccuracy)}`,
      '2024-05-01 11:59:59,001 - root - INFO - Namespace(lr=0.1, epochs=30, batch_size=128)\n',
    ),
    columns: named('train_loss', 'train_acc', 'val_loss', 'val_acc'),
    first: '0',
  },
  {
    name: 'logging.basicConfig',
    text: eachEpoch(
      (one) =>
        `INFO:root:[Epoch ${one.epoch}] Training Loss: ${f(one.trainLoss)}, Training Accuracy: ${pc(one.trainAccuracy)}%, Validation Loss: ${f(one.holdoutLoss)}, Validation Accuracy: ${pc(one.holdoutAccuracy)}%`,
    ),
    columns: named('Training Loss', 'Training Accuracy', 'Validation Loss', 'Validation Accuracy'),
  },
  {
    name: 'absl logging',
    text: eachEpoch(
      (one) =>
        `I0501 ${clock(one.epoch)}.000123 140 train.py:77] epoch ${one.epoch}, eval loss: ${f(one.holdoutLoss)}, eval accuracy: ${f(one.holdoutAccuracy)}`,
    ),
    columns: { holdoutLoss: 'eval loss', holdoutAccuracy: 'eval accuracy' },
  },
  {
    name: 'loguru',
    text: eachEpoch(
      (one) =>
        `2024-05-01 ${clock(one.epoch)}.123 | INFO     | __main__:fit:88 - Epoch ${one.epoch} - train: loss=${f(one.trainLoss)} acc=${f(one.trainAccuracy)} - valid: loss=${f(one.holdoutLoss)} acc=${f(one.holdoutAccuracy)}`,
    ),
    columns: named('train loss', 'train acc', 'valid loss', 'valid acc'),
  },
  {
    name: "PyTorch's transfer tutorial",
    text:
      eachEpoch(
        (one) =>
          `Epoch ${one.epoch - 1}/29\n----------\ntrain Loss: ${f(one.trainLoss)} Acc: ${f(one.trainAccuracy)}\nval Loss: ${f(one.holdoutLoss)} Acc: ${f(one.holdoutAccuracy)}\n`,
      ) + 'Training complete in 3m 12s\nBest val Acc: 0.820000\n',
    columns: named('train Loss', 'train Acc', 'val Loss', 'val Acc'),
    first: '0',
  },
  {
    name: "PyTorch's ImageNet meters",
    text: eachEpoch(
      (one) =>
        [10, 200, 391]
          .map(
            (step) =>
              `Epoch: [${one.epoch - 1}][${step}/391]\tTime  0.1 ( 0.2)\tData  0.0 ( 0.1)\tLoss ${(one.trainLoss + 0.2).toExponential(4)} (${one.trainLoss.toExponential(4)})\tAcc@1  60.16 ( ${pc(one.trainAccuracy)})\tAcc@5  90.12 ( 91.00)`,
          )
          .join('\n') +
        `\nValid: [ 0/79]\tTime  0.1 ( 0.1)\tLoss 6.1e-01 (${one.holdoutLoss.toExponential(4)})\tAcc@1  61.00 ( 61.00)\tAcc@5  95.00 ( 95.00)\n * Acc@1 ${pc(one.holdoutAccuracy, 3)} Acc@5 97.120`,
    ),
    columns: named('Loss', 'Acc@1', 'Valid Loss', 'Valid Acc@1'),
    first: '0',
  },
  {
    name: "PyTorch's MNIST example with a validation set",
    text: eachEpoch(
      (one) =>
        `Train Epoch: ${one.epoch} [0/60000 (0%)]\tLoss: 2.300000\nTrain Epoch: ${one.epoch} [59520/60000 (99%)]\tLoss: ${f(one.trainLoss, 6)}\n\nValidation set: Average loss: ${f(one.holdoutLoss)}, Accuracy: ${Math.round(10_000 * one.holdoutAccuracy)}/10000 (${pc(one.holdoutAccuracy, 0)}%)\n`,
    ),
    columns: {
      trainLoss: 'Train Loss',
      holdoutLoss: 'Validation set Average loss',
      holdoutAccuracy: 'Validation set Accuracy',
    },
  },
  {
    name: 'Hugging Face console',
    text:
      eachEpoch(
        (one) =>
          `{'loss': ${f(one.trainLoss)}, 'grad_norm': 1.25, 'learning_rate': 4.5e-05, 'epoch': ${one.epoch}.0}\n` +
          ` 33%|███▎      | ${one.epoch * 100}/3000 [00:10<00:20, 95.11it/s]\n` +
          `{'eval_loss': ${f(one.holdoutLoss)}, 'eval_accuracy': ${f(one.holdoutAccuracy)}, 'eval_runtime': 1.1, 'eval_samples_per_second': 900.1, 'epoch': ${one.epoch}.0}`,
      ) +
      "{'train_runtime': 33.2, 'train_samples_per_second': 91.0, 'train_loss': 0.4, 'epoch': 30.0}\n",
    columns: { trainLoss: 'loss', holdoutLoss: 'eval_loss', holdoutAccuracy: 'eval_accuracy' },
    format: /^Hugging Face console \(text\)$/,
  },
  {
    name: 'Hugging Face console of 2025, its values quoted',
    text: eachEpoch(
      (one) =>
        `{'loss': '${f(one.trainLoss)}', 'learning_rate': '4.5e-05', 'epoch': '${one.epoch}'}\n` +
        `{'eval_loss': '${f(one.holdoutLoss)}', 'eval_accuracy': '${f(one.holdoutAccuracy)}', 'epoch': '${one.epoch}'}`,
    ),
    columns: { trainLoss: 'loss', holdoutLoss: 'eval_loss', holdoutAccuracy: 'eval_accuracy' },
  },
  {
    name: 'MMEngine',
    text: eachEpoch(
      (one) =>
        `2023/05/01 ${clock(one.epoch)} - mmengine - INFO - Epoch(train)  [${one.epoch}][100/391]  lr: 1.0000e-01  eta: 0:10:00  time: 0.05  data_time: 0.01  memory: 700  loss: ${f(one.trainLoss)}\n` +
        `2023/05/01 ${clock(one.epoch)} - mmengine - INFO - Saving checkpoint at ${one.epoch} epochs\n` +
        `2023/05/01 ${clock(one.epoch)} - mmengine - INFO - Epoch(val) [${one.epoch}][79/79]    accuracy/top1: ${pc(one.holdoutAccuracy)}  accuracy/top5: 97.1000  data_time: 0.01  time: 0.03`,
      '2023/05/01 11:59:00 - mmengine - INFO - \n------------------------------------------------------------\nSystem environment:\n    sys.platform: linux\n    seed: 0\n',
    ),
    columns: { trainLoss: 'train loss', holdoutAccuracy: 'val accuracy/top1' },
    format: /^MMEngine log \(text\)$/,
  },
  {
    name: 'MMCV',
    text: eachEpoch(
      (one) =>
        `2021-05-01 ${clock(one.epoch)},123 - mmcls - INFO - Epoch [${one.epoch}][300/391]\tlr: 1.000e-01, eta: 0:10:00, time: 0.05, data_time: 0.01, memory: 700, loss: ${f(one.trainLoss)}\n` +
        `2021-05-01 ${clock(one.epoch)},456 - mmcls - INFO - Epoch(val) [${one.epoch}][79]\taccuracy_top-1: ${pc(one.holdoutAccuracy)}, accuracy_top-5: 97.1000`,
    ),
    columns: { trainLoss: 'loss', holdoutAccuracy: 'val accuracy_top-1' },
    format: /^MMCV log \(text\)$/,
  },
  {
    name: 'nnU-Net 2',
    text: eachEpoch(
      (one) =>
        `2023-05-01 ${clock(one.epoch)}.123456: Epoch ${one.epoch - 1}\n2023-05-01 ${clock(one.epoch)}.2: Current learning rate: 0.00999\n2023-05-01 ${clock(one.epoch)}.3: train_loss ${f(one.trainLoss - 1)}\n2023-05-01 ${clock(one.epoch)}.4: val_loss ${f(one.holdoutLoss - 1.5)}\n2023-05-01 ${clock(one.epoch)}.5: Pseudo dice [np.float32(${f(one.holdoutAccuracy)}), np.float32(${f(one.holdoutAccuracy - 0.1)})]\n2023-05-01 ${clock(one.epoch)}.6: Epoch time: 100.1 s\n`,
      '\n#######################################################################\nPlease cite the following paper when using nnU-Net:\nIsensee, F. (2021). Nature methods, 18(2), 203-211.\n',
    ),
    columns: { trainLoss: 'train_loss', holdoutLoss: 'val_loss' },
    first: '0',
    format: /^nnU-Net log \(text\)$/,
    by: 'loss',
  },
  {
    name: 'XGBoost',
    text: eachEpoch(
      (one) =>
        `[${one.epoch - 1}]\ttrain-mlogloss:${f(one.trainLoss, 5)}\ttrain-merror:${f(1 - one.trainAccuracy, 5)}\teval-mlogloss:${f(one.holdoutLoss, 5)}\teval-merror:${f(1 - one.holdoutAccuracy, 5)}`,
    ),
    columns: named('train-mlogloss', 'train-merror', 'eval-mlogloss', 'eval-merror'),
    first: '0',
    format: /^XGBoost \(text\)$/,
  },
  {
    name: 'XGBoost of scikit-learn',
    text: eachEpoch(
      (one) =>
        `[${one.epoch - 1}]\tvalidation_0-mlogloss:${f(one.trainLoss, 5)}\tvalidation_1-mlogloss:${f(one.holdoutLoss, 5)}`,
    ),
    columns: { trainLoss: 'validation_0-mlogloss', holdoutLoss: 'validation_1-mlogloss' },
    first: '0',
    by: 'loss',
  },
  {
    name: 'LightGBM',
    text: eachEpoch(
      (one) =>
        `[${one.epoch}]\ttraining's multi_logloss: ${f(one.trainLoss)}\ttraining's multi_error: ${f(1 - one.trainAccuracy)}\tvalid_1's multi_logloss: ${f(one.holdoutLoss)}\tvalid_1's multi_error: ${f(1 - one.holdoutAccuracy)}`,
      "[LightGBM] [Info] Total Bins 4000\nTraining until validation scores don't improve for 50 rounds\n",
    ),
    columns: named(
      "training's multi_logloss",
      "training's multi_error",
      "valid_1's multi_logloss",
      "valid_1's multi_error",
    ),
    format: /^LightGBM \(text\)$/,
  },
  {
    name: 'Lightning bar',
    text: eachEpoch(
      (one) =>
        `Epoch ${one.epoch - 1}:  50%|█████     | 50/100 [00:01<00:01, 40.1it/s, v_num=0, train_loss=2.3]\rEpoch ${one.epoch - 1}: 100%|██████████| 100/100 [00:02<00:00, 40.00it/s, v_num=0, train_loss=${f(one.trainLoss, 3)}, val_loss=${f(one.holdoutLoss)}, val_acc=${f(one.holdoutAccuracy)}]`,
    ),
    columns: { trainLoss: 'train_loss', holdoutLoss: 'val_loss', holdoutAccuracy: 'val_acc' },
    first: '0',
  },
  {
    name: 'tensors printed as they are',
    text: eachEpoch(
      (one) =>
        `epoch: ${one.epoch} loss: tensor(${f(one.trainLoss)}, device='cuda:0', grad_fn=<NllLossBackward0>) val_acc: tensor(${f(one.holdoutAccuracy)}, device='cuda:0')`,
    ),
    columns: { trainLoss: 'loss', holdoutAccuracy: 'val_acc' },
  },
  {
    name: 'sections by lines',
    text: eachEpoch(
      (one) =>
        `===== Epoch ${one.epoch} =====\nTraining:\n  loss: ${f(one.trainLoss)}\n  accuracy: ${f(one.trainAccuracy)}\nValidation:\n  loss: ${f(one.holdoutLoss)}\n  accuracy: ${f(one.holdoutAccuracy)}`,
    ),
    columns: named('Training loss', 'Training accuracy', 'Validation loss', 'Validation accuracy'),
  },
  {
    name: 'brackets after the name',
    text: eachEpoch(
      (one) =>
        `[${one.epoch}/30] epoch ${one.epoch} loss (train) = ${f(one.trainLoss)}; acc (train) = ${f(one.trainAccuracy)}; loss (val) = ${f(one.holdoutLoss)}; acc (val) = ${f(one.holdoutAccuracy)}`,
    ),
    columns: named('train loss', 'train acc', 'val loss', 'val acc'),
  },
  {
    name: 'noisy-label code with a validation set',
    text: eachEpoch(
      (one) =>
        `Epoch [${one.epoch}/30] Train Accuracy on the 45000 train images: ${f(100 * one.trainAccuracy, 4)} % Validation Accuracy on the 5000 validation images: ${f(100 * one.holdoutAccuracy, 4)} %`,
    ),
    columns: {
      trainAccuracy: 'Train Accuracy on train',
      holdoutAccuracy: 'Validation Accuracy on validation',
    },
  },
  {
    name: 'no epochs told at all',
    text: CURVE.map(
      (one) =>
        `train_loss=${f(one.trainLoss)} val_loss=${f(one.holdoutLoss)} val_acc=${f(one.holdoutAccuracy)}\n`,
    ).join(''),
    columns: { trainLoss: 'train_loss', holdoutLoss: 'val_loss', holdoutAccuracy: 'val_acc' },
  },
  {
    name: 'YOLO classify on the console, top-5 beside top-1',
    text: eachEpoch(
      (one) =>
        `Epoch ${one.epoch}: train_loss ${f(one.trainLoss)} val_loss ${f(one.holdoutLoss)} top1_acc ${f(one.holdoutAccuracy)} top5_acc 0.98`,
    ),
    columns: { trainLoss: 'train_loss', holdoutLoss: 'val_loss', holdoutAccuracy: 'val top1_acc' },
  },
];
