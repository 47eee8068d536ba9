/** No path of a config stands in the window: every field has a name of its own there. */
import { expect, test } from 'vitest';
import { CATALOGUE } from '../../core/api/catalogue.ts';
import { configFields } from '../../core/contract/config/kinds.ts';
import { inEnglish } from '../../core/contract/words/texts.ts';
import type { TextKey } from '../../core/contract/words/texts.ts';
import { nameKey } from '../../renderer/words/field-names.ts';
import { optionKey } from '../../renderer/words/fields.ts';
import { words } from '../../renderer/words/texts.ts';

/** Whether there is a text: without one the id would stand for itself. */
const isWritten = (key: string | null): boolean =>
  key !== null && inEnglish(key as TextKey, { depth: 20 }) !== key;

test('every field of a config has its name, and every choice of the forms', () => {
  const fields = [...configFields(CATALOGUE)].filter(([path]) => path !== 'name');
  expect(fields.length).toBeGreaterThan(50);
  expect(fields.map(([path]) => path).filter((path) => !isWritten(nameKey(path)))).toEqual([]);
  const choices = fields.flatMap(([path, field]) =>
    field.kind === 'choice' && !path.startsWith('data.')
      ? field.options.map((option) => optionKey(path, option))
      : [],
  );
  expect(choices.length).toBeGreaterThan(30);
  expect(choices.filter((key) => !isWritten(key))).toEqual([]);
});

test('what the core tells calls fields by their names', () => {
  const field = { path: 'data.reading.labelsField' };
  const values = { where: 'a.csv', listed: 'x, y', field };
  expect(words({ code: 'errors.labelsFile.whichField', values })).toContain(
    'with “Its array or column”',
  );
});
