/** Parts by the words in names, and the one rule for validation. */
import { said } from '../said.ts';
import { describe, expect, test } from 'vitest';
import { partNamed, partsOf } from '../../../core/data/parts.ts';

describe('a name tells its part', () => {
  test.each([
    ...['train', 'Training', 'TRAIN', 'training_set', 'seg_train', 'noisy_train', 'train_images'],
    ...['train-00000-of-00001', 'X_train', 'xtrain', 'trainImages', 'train2', 'optdigits.tra'],
    ...['train_val', 'TrainingData', 'kmnist-train-imgs.npz', 'Train Set'],
  ])('%s: train', (name) => expect(partNamed(name)).toBe('train'));

  test.each([
    ...['test', 'Testing', 'test_set', 'seg_test', 'clean_test', 'test-multiple_fruits'],
    ...['test_images', 't10k', 't10k-images', 'y_test', 'test_valid', 'adult.test'],
  ])('%s: test', (name) => expect(partNamed(name)).toBe('test'));

  test.each([
    ...['val', 'valid', 'Validation', 'dev', 'clean_valid', 'hold-out', 'holdout', 'valSet'],
    ...['dev_set', 'eval', 'heldOut'],
  ])('%s: validation', (name) => expect(partNamed(name)).toBe('validation'));

  test.each(['unlabelled', 'unlabeled', 'seg_pred', 'predictions', 'gender_submission.csv'])(
    '%s: unlabelled',
    (name) => expect(partNamed(name)).toBe('unlabelled'),
  );

  test.each(['cat', 'trainer', 'contest', 'devil', 'value', 'train_test_split', '3', 'protest'])(
    '%s: none',
    (name) => expect(partNamed(name)).toBe(null),
  );
});

describe('what names serve as', () => {
  const served = (names: string[]) => names.map((name) => partsOf(names)?.of(name));

  test('training and test, validation left out and said', () => {
    const names = ['train', 'dev', 'test'];
    expect(served(names)).toEqual(['train', null, 'test']);
    expect(said(partsOf(names)!.inferred)).toEqual(['The validation set (dev) was left out.']);
  });

  test('validation where there is no test part, and said', () => {
    const names = ['Train', 'Val'];
    expect(served(names)).toEqual(['train', 'test']);
    expect(said(partsOf(names)!.inferred)).toEqual([
      'There is no test set; the validation set (Val) is used instead.',
    ]);
  });

  test('the plain case says nothing', () =>
    expect(said(partsOf(['train', 'test'])!.inferred)).toEqual([]));

  test('others beside two parts are left out and said', () => {
    const names = ['seg_train', 'seg_test', 'seg_pred', 'papers'];
    expect(served(names)).toEqual(['train', 'test', null, null]);
    expect(said(partsOf(names)!.inferred)).toEqual([
      'Left out because they have no labels: seg_pred.',
      'Left out because they are neither training nor test data: papers.',
    ]);
  });

  test('one name among others that tell none is a class', () =>
    expect(partsOf(['train', 'bus', 'car'])).toBe(null));

  test('only a test part is trained on, and said', () => {
    expect(served(['test'])).toEqual(['train']);
    expect(served(['valid', 'test'])).toEqual(['train', 'test']);
  });
});
