/** Tables of trainings as programs write them: separated, spaced, drawn, long. */
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
const FASTAI = { trainLoss: 'train_loss', holdoutLoss: 'valid_loss' };

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
