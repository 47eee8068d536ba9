/** Which signal a column's name means, in the ways that people write it. */
import { describe, expect, test } from 'vitest';
import { fit, isForbidden } from '../../../core/logs/names.ts';
import { ROLES } from '../../../core/logs/index.ts';

/** The role that a name fits best; null where none. */
function roleOf(name: string): string | null {
  const ranked = ROLES.flatMap((role) => {
    const rank = fit(name, role);
    return rank === null ? [] : [{ role, rank }];
  }).sort((a, b) => a.rank - b.rank);
  return ranked[0]?.role ?? null;
}

describe.each([
  [
    'holdoutAccuracy',
    'val_accuracy val_acc valid/acc eval_accuracy validation_accuracy holdoutAccuracy valAcc valacc ' +
      'Accuracy/val acc_val dev_acc val/top1 val_acc1 val_sparse_categorical_accuracy ' +
      'val_MulticlassAccuracy eval/accuracy validation/epoch_accuracy noisy_val_acc hold-out_acc ' +
      'held_out_accuracy val_0_acc val_acc/dataloader_idx_1 val_acc_epoch',
  ],
  [
    'holdoutLoss',
    'val_loss eval_loss valid/loss holdoutLoss Loss/valid dev_nll val_cross_entropy_loss',
  ],
  [
    'trainAccuracy',
    'accuracy acc train_acc train/accuracy trainAccuracy training_accuracy train_acc_epoch top1 ' +
      'sparse_categorical_accuracy train/epoch_accuracy binary_accuracy',
  ],
  ['trainLoss', 'loss train_loss train/loss trainLoss Loss/train train_loss_epoch train_nll'],
  ['relativeDistance', 'relativeDistance relative_distance rel_dist distance/relative'],
  ['predictionChanges', 'predictionChanges prediction_changes changed_predictions pred_flips'],
  ['epoch', 'epoch Epoch epochs train/epoch trainer/epoch ep'],
  ['step', 'step _step global_step trainer/global_step iteration iter Step train/global_step'],
])('%s', (role, names) => {
  test.each(names.split(' '))('%s', (name) => expect(roleOf(name)).toBe(role));
});

test.each(
  (
    'test_acc testAccuracy test/loss trainAccuracyTrue val_clean_acc lossTrueLabels lossWrongLabels ' +
    'clean_accuracy'
  ).split(' '),
)('%s is never read', (name) => {
  expect(isForbidden(name)).toBe(true);
  expect(roleOf(name)).toBeNull();
});

test.each(
  'best_val_acc val_acc_max val_acc_std val_f1 val_top5 lr grad_norm time distance contest'.split(
    ' ',
  ),
)('%s is no signal', (name) => {
  expect(roleOf(name)).toBeNull();
  expect(isForbidden(name)).toBe(false);
});
