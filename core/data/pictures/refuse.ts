/** Why pictures have no labels that can be used, and what to do. */
import { InputError } from '../../contract/words/errors.ts';
import { MOST_CLASSES } from '../dataset.ts';
import { partNamed } from '../parts.ts';
import type { FolderLayout } from './layout.ts';
import type { Tables } from './tables.ts';

/** @throws InputError always, saying what is missing or doubtful, and the cure */
export function refuse(where: string, layout: FolderLayout, tables: Tables): never {
  const { named, strange, failed } = tables;
  const open = named.find(({ candidates }) => candidates.length > 0);
  if (open) {
    throw new InputError('table.severalLabels', {
      where: open.where,
      names: open.candidates.map((name) => `"${name}"`),
      field: { path: 'data.reading.labels' },
    });
  }
  if (failed.length > 0) throw failed[0]!;
  if (strange.length > 0) {
    throw new InputError('pictures.strangeNames', { where, strange });
  }
  if (layout.doubt !== null) throw layout.doubt;
  const [bare] = named;
  if (bare) {
    throw new InputError('pictures.noLabelColumn', { where: bare.where, most: MOST_CLASSES });
  }
  throw withoutLabels(where, layout, tables.others);
}

function withoutLabels(
  where: string,
  { placed }: FolderLayout,
  others: readonly string[],
): InputError {
  const folders = new Set(placed.map(({ path }) => path.split('/').slice(0, -1).join('/')));
  const parts = [...new Set(placed.map(({ part }) => part))].filter((part) => part !== null);
  const labels = new Set(placed.map(({ label }) => label).filter((label) => label !== null));
  const [only] = labels.size === 1 ? labels : folders;
  if (labels.size === 1 || (folders.size === 1 && only !== '' && partNamed(only!) === null)) {
    return new InputError('pictures.oneClass', { where, only: only! });
  }
  const sheet = others.find((path) => /\.(xlsx?|xlsm|ods|numbers)$/i.test(path));
  if (sheet) return new InputError('pictures.labelsInSheet', { where, sheet });
  if (parts.length > 0) return new InputError('pictures.bareParts', { where, parts: parts.sort() });
  return tellClasses(placed.map(({ path }) => path))
    ? new InputError('pictures.classesInNames', { where })
    : new InputError('pictures.noLabels', { where });
}

/** Whether files are called `cat.1.png`, `dog_2.png`: the same few words, and numbers. */
function tellClasses(paths: readonly string[]): boolean {
  const words = paths.map((path) =>
    path
      .split('/')
      .at(-1)!
      .replace(/\.[^.]*$/, '')
      .replace(/[^a-z]+/gi, ' ')
      .trim(),
  );
  const kinds = new Set(words.filter((word) => word !== ''));
  return kinds.size > 1 && kinds.size <= paths.length / 2;
}
