/** The table in a document that was read as a whole: JSON, a Python literal, a pickle. */
import { inRow } from '../contract/words/place.ts';
import { InputError } from '../contract/words/errors.ts';
import { dialectOf } from './dialects.ts';
import { logIn } from './json-shapes.ts';
import type { LogTable } from './log.ts';
import { shaped, rowShapeOf } from './shape.ts';
import { Store } from './store.ts';

/**
 * The table in a document.
 * @param container what the document is written in, such as `JSON`
 * @throws InputError where there is no log in it
 */
export function documentTable(
  document: unknown,
  where: string,
  wanted: (name: string) => boolean,
  container: string,
): LogTable {
  const found = logIn(document);
  if (!found) throw new InputError('log.jsonNoLog', { where });
  const names = [...new Set(found.rows.flatMap(Object.keys))];
  const shape = rowShapeOf(names);
  const store = new Store(wanted);
  found.rows.forEach((row, i) => {
    store.row();
    for (const [name, value] of shaped(shape, Object.entries(row))) {
      if (typeof value === 'object' && value !== null) continue;
      if (store.name(name)) store.putValue(name, value, () => inRow(where, i + 1));
    }
  });
  const { format, zeroIsBefore } = dialectOf(names, container);
  const lists = found.isLists ? `${container} (a list a column, as Keras history)` : format;
  return store.table({
    format: found.format ?? lists,
    zeroIsBefore: found.zeroIsBefore ?? zeroIsBefore,
    where,
  });
}
