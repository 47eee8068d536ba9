/** Tables of trainings as programs write them: separated, spaced, drawn, long, with odd names. */
import { CURVE, eachEpoch, table } from './curve.ts';
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

const HEAD = ['epoch', 'train_loss', 'train_acc', 'val_loss', 'val_acc'];
const cells = (one: Measured) => [one.epoch, ...four(one)];
const USUAL = named('train_loss', 'train_acc', 'val_loss', 'val_acc');
const comma = (value: number | string) => String(value).replace('.', ',');

export const TABLE_CASES: Case[] = [
  {
    name: 'comments before the header',
    text: `# model: small\n# lr: 0.1, wd: 0\n${table(HEAD, cells)}# done\n`,
    columns: USUAL,
  },
  {
    name: 'a header in a comment, as savetxt writes it',
    text: `# ${table(HEAD, cells, ' ')}`,
    columns: USUAL,
    format: /^Table parted by spaces$/,
  },
  { name: 'a header in a comment, with commas', text: `# ${table(HEAD, cells)}`, columns: USUAL },
  {
    name: 'sep=; and decimal commas',
    text: `sep=;\n${table(HEAD, (one) => cells(one).map(comma), ';')}`,
    columns: USUAL,
    file: 'excel.csv',
  },
  { name: 'spaces', text: table(HEAD, cells, ' '), columns: USUAL },
  {
    name: 'spaces, aligned, names with spaces',
    text: table(
      ['epoch', 'Train Loss', 'Train Acc', 'Val Loss', 'Val Acc'],
      (one) => cells(one).map(String),
      '    ',
    ),
    columns: named('Train Loss', 'Train Acc', 'Val Loss', 'Val Acc'),
  },
  {
    name: 'what fastai prints',
    text: table(
      ['epoch', 'train_loss', 'valid_loss', 'accuracy', 'time'],
      (one) => [one.epoch - 1, one.trainLoss, one.holdoutLoss, one.holdoutAccuracy, '00:10'],
      '\t    ',
    ).replaceAll('\t', ' '),
    columns: { ...FASTAI, holdoutAccuracy: 'accuracy' },
    first: '0',
  },
  {
    name: 'what skorch prints',
    text:
      '  epoch    train_loss    valid_acc    valid_loss     dur\n-------  ------------  -----------  ------------  ------\n' +
      eachEpoch(
        (one) =>
          `      ${one.epoch}        \u001b[36m${one.trainLoss}\u001b[0m       \u001b[32m${one.holdoutAccuracy}\u001b[0m        \u001b[35m${one.holdoutLoss}\u001b[0m  0.0350`,
      ),
    columns: { trainLoss: 'train_loss', holdoutLoss: 'valid_loss', holdoutAccuracy: 'valid_acc' },
  },
  {
    name: 'what pandas prints',
    text: `    ${table(HEAD.slice(1), (one) => [one.epoch - 1, ...four(one)], '  ')}`,
    columns: USUAL,
    first: '0',
  },
  {
    name: 'co-teaching, its networks averaged',
    text: table(
      ['epoch:', 'train_acc1', 'train_acc2', 'val_acc1', 'val_acc2'],
      (one) => [
        `${one.epoch}:`,
        pc(one.trainAccuracy),
        pc(one.trainAccuracy),
        pc(one.holdoutAccuracy),
        pc(one.holdoutAccuracy),
      ],
      ' ',
    ),
    columns: { trainAccuracy: 'train_acc1+train_acc2', holdoutAccuracy: 'val_acc1+val_acc2' },
  },
  {
    name: 'Markdown',
    text: `Results\n\n| ${HEAD.join(' | ')} |\n|${'---|'.repeat(5)}\n${eachEpoch((one) => `| ${cells(one).join(' | ')} |`)}`,
    columns: USUAL,
    format: /^Table drawn with lines$/,
  },
  {
    name: 'a grid',
    text: `+${'------+'.repeat(5)}\n| ${HEAD.join(' | ')} |\n+${'======+'.repeat(5)}\n${eachEpoch((one) => `| ${cells(one).join(' | ')} |\n+${'------+'.repeat(5)}`)}`,
    columns: USUAL,
  },
  {
    name: 'rich',
    text: `┏${'━━━━┳'.repeat(4)}━━━━┓\n┃ ${HEAD.join(' ┃ ')} ┃\n┡${'━━━━╇'.repeat(4)}━━━━┩\n${eachEpoch((one) => `│ ${cells(one).join(' │ ')} │`)}└${'────┴'.repeat(4)}────┘\n`,
    columns: USUAL,
  },
  {
    name: 'long: split, metric, value',
    text: `epoch,split,metric,value\n${eachEpoch((one) => `${one.epoch},train,loss,${one.trainLoss}\n${one.epoch},train,accuracy,${one.trainAccuracy}\n${one.epoch},val,loss,${one.holdoutLoss}\n${one.epoch},val,accuracy,${one.holdoutAccuracy}`)}`,
    columns: named('train/loss', 'train/accuracy', 'val/loss', 'val/accuracy'),
  },
  {
    name: 'long, melted, with test rows',
    text: `epoch,variable,value\n${eachEpoch((one) => `${one.epoch},train_loss,${one.trainLoss}\n${one.epoch},val_acc,${one.holdoutAccuracy}\n${one.epoch},test_acc,0.99`)}`,
    columns: { trainLoss: 'train_loss', holdoutAccuracy: 'val_acc' },
  },
  {
    name: 'a phase column',
    text: `epoch,phase,loss,acc\n${eachEpoch((one) => `${one.epoch},train,${one.trainLoss},${one.trainAccuracy}\n${one.epoch},valid,${one.holdoutLoss},${one.holdoutAccuracy}`)}`,
    columns: named('train/loss', 'train/acc', 'valid/loss', 'valid/acc'),
  },
  {
    name: 'a split column with test rows in it',
    text: `Epoch,Split,Loss,Accuracy\n${eachEpoch((one) => `${one.epoch},Train,${one.trainLoss},${one.trainAccuracy}\n${one.epoch},Validation,${one.holdoutLoss},${one.holdoutAccuracy}\n${one.epoch},Test,0.1,0.99`)}`,
    columns: named('Train/Loss', 'Train/Accuracy', 'Validation/Loss', 'Validation/Accuracy'),
  },
  {
    name: 'one tag of TensorBoard',
    text: table(['Wall time', 'Step', 'Value'], (one) => [
      1.7e9 + one.epoch,
      one.epoch,
      one.holdoutAccuracy,
    ]),
    columns: { holdoutAccuracy: 'val_acc' },
    file: 'run-version_0-tag-val_acc.csv',
    format: /^TensorBoard export$/,
  },
  {
    name: 'one tag of a validation run, as JSON',
    text: JSON.stringify(CURVE.map((one) => [1.7e9 + one.epoch, one.epoch, one.holdoutAccuracy])),
    columns: { holdoutAccuracy: 'validation/epoch_accuracy' },
    file: 'run-logs_fit_2024_validation-tag-epoch_accuracy.json',
  },
];
