/** Rows as people know them: kinds by name, not as zeros and ones. */
import { expect, test } from 'vitest';
import { cellsOf } from '../../renderer/words/rows.ts';

test('columns of one column of kinds are one cell', () => {
  const columns = ['bill', 'island = Biscoe', 'island = Dream', 'sex = f', 'sex = m', 'year'];
  expect(cellsOf([39.104, 0, 1, 0, 0, 2007], columns)).toEqual([
    { name: 'bill', value: '39.10' },
    { name: 'island', value: 'Dream' },
    { name: 'sex', value: '–' },
    { name: 'year', value: '2007' },
  ]);
});

test('columns without names are counted', () => {
  expect(cellsOf([1, 2], [])).toEqual([
    { name: 'column 1', value: '1' },
    { name: 'column 2', value: '2' },
  ]);
});
