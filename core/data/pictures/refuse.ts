/** Why pictures have no labels that can be used, and what to do. */
import { InputError } from '../../errors.ts';
import { MOST_CLASSES } from '../dataset.ts';
import { partNamed, shortList } from '../parts.ts';
import type { Layout } from './layout.ts';
import type { Tables } from './tables.ts';

/** @throws InputError always, saying what is missing or doubtful, and the cure */
export function refuse(where: string, layout: Layout, tables: Tables): never {
  const { named, strange, failed } = tables;
  const open = named.find(({ candidates }) => candidates.length > 0);
  if (open) {
    throw new InputError(
      `${open.where} has several columns that could be the labels: ${shortList(open.candidates.map((name) => `"${name}"`))}; ` +
        'name the right one with data.reading.labels.',
    );
  }
  if (failed.length > 0) throw failed[0]!;
  if (strange.length > 0) {
    throw new InputError(
      `${where}: none of the pictures that ${shortList(strange)} names is there; correct the names, or add the pictures.`,
    );
  }
  if (layout.doubt !== null) throw new InputError(`${where}: ${layout.doubt}.`);
  const [bare] = named;
  if (bare) {
    throw new InputError(
      `${bare.where} names pictures, but no column of it can be their labels (2 to ${MOST_CLASSES} classes); add one called label.`,
    );
  }
  const sheet = tables.others.find((path) => /\.(xlsx?|xlsm|ods|numbers)$/i.test(path));
  const cure = sheet ? ` Of ${sheet} only a copy saved as CSV can be read.` : '';
  throw new InputError(`${where} ${withoutLabels(layout)}${cure}`);
}

function withoutLabels({ placed }: Layout): string {
  const folders = new Set(placed.map(({ path }) => path.split('/').slice(0, -1).join('/')));
  const parts = [...new Set(placed.map(({ part }) => part))].filter((part) => part !== null);
  const labels = new Set(placed.map(({ label }) => label).filter((label) => label !== null));
  const [only] = labels.size === 1 ? labels : folders;
  if (labels.size === 1 || (folders.size === 1 && only !== '' && partNamed(only!) === null)) {
    return `holds pictures of one class only, "${only}"; put each class into a folder of its own, two at least.`;
  }
  const hint = tellClasses(placed.map(({ path }) => path))
    ? ' (classes in file names are not guessed)'
    : '';
  if (parts.length > 0) {
    return `holds parts (${shortList(parts.sort())}) without class folders in them; put each class into a folder of its own there, or add a CSV with the columns filename and label${hint}.`;
  }
  return (
    'holds pictures without labels; put each class into a folder of its own, or add a CSV with the columns filename and label' +
    `${hint}.`
  );
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
