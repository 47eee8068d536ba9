import { describe, expect, test } from 'vitest';
import type { DataView } from '../../core/contract/messages/records.ts';
import {
  duplicateWords,
  looksLikeFile,
  missingWords,
  shapeWords,
  splitWords,
  wrongWords,
} from '../../renderer/places/data/words.ts';
import { parseConfig } from '../../core/kinds/read.ts';
import ready from '../../assets/presets/mnist-quick.json';

const { data } = parseConfig(ready, 'preset');
const view = (wrongLabels: number | null) => ({ wrongLabels, trainAvailable: 2000 }) as DataView;

describe('the place Data in words', () => {
  test('shapes of pictures and rows', () => {
    expect(shapeWords([28, 28, 1])).toBe('28 × 28');
    expect(shapeWords([32, 32, 3])).toBe('32 × 32, 3 channels');
    expect([shapeWords([1, 1, 1]), shapeWords([1, 1, 6])]).toEqual(['1 column', '6 columns']);
  });

  test('wrong labels, known, taken to be none, or not known', () => {
    expect(wrongWords(view(300), true)).toBe('300 of 2,000, 15.0%');
    expect(wrongWords(view(null), true)).toBe('assumed none');
    expect(wrongWords(view(null), false)).toBe('not known');
  });

  test('duplicates and missing values', () => {
    expect(duplicateWords({ exact: 0, disagreeing: 0 })).toBe('none');
    expect(duplicateWords({ exact: 2, disagreeing: 0 })).toMatch(/^2 duplicates .*, same labels$/);
    expect(duplicateWords({ exact: 1, disagreeing: 1 })).toMatch(
      /^1 duplicate .*, 1 with another label$/,
    );
    const missing = 'abcdef'.split('').map((column) => ({ column, count: 3 }));
    expect(missingWords([], 'ask')).toBe('none');
    expect(missingWords(missing.slice(0, 1), 'impute')).toBe('a 3; filled in');
    expect(missingWords(missing.slice(0, 5), 'drop')).toBe(
      'a 3, b 3, c 3, d 3 and 1 more column; these rows are left out',
    );
    expect(missingWords(missing, 'drop')).toContain('and 2 more columns');
  });

  test('splits tell where test samples come from', () => {
    expect(splitWords(data, 10_000)).toBe('5,000 training, 1,000 hold-out, 10,000 test');
    expect(splitWords(data, 0)).toContain('10,000 test, taken from the training set');
    expect(splitWords({ ...data, test: 0 }, 0)).toMatch(/0 test$/);
  });

  test.each([
    ['/a/table.csv', true],
    ['C:\\data\\cifar.tar.gz', true],
    ['/a/mnist', false],
    ['/a.b/mnist', false],
  ])('%s is a file: %s', (path, is) => expect(looksLikeFile(path)).toBe(is));
});
