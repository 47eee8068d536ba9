/** Labels that several people gave to the samples of a data set, in a file with a column for each. */
import { InputError } from '../contract/words/errors.ts';
import type { LoadControl } from './control.ts';
import type { Dataset } from './dataset.ts';
import type { NdArray } from './formats/arrays.ts';
import { readFields } from './label-fields.ts';
import { isKeyNamed, joinLines } from './label-join.ts';
import { matchLabels } from './label-match.ts';
import { roleNamed } from './table-names.ts';
import { openTree } from './tree/open.ts';

/** What annotators said of the training part of a data set. */
export interface Annotations {
  names: string[];
  /** For each annotator the class of each sample of the part; -1 where there is none. */
  labels: Int32Array[];
}

/**
 * Reads the labels of annotators. Lines are joined by a column of file names, ids or places, else by order;
 * a column of true labels is never taken.
 * @param asked columns or arrays; all that hold labels where none are named
 * @throws InputError where the file cannot be read, holds no labels, or does not fit the data set
 */
export async function readAnnotations(
  path: string,
  asked: readonly string[],
  dataset: Dataset,
  control: LoadControl = {},
): Promise<Annotations> {
  const { arrays } = await readFields(await openTree(path, control), control);
  const names = asked.length > 0 ? known(asked, arrays, path) : likely(arrays, dataset, path);
  const others = new Map([...arrays].filter(([name]) => !names.includes(name)));
  const codes = names.map(
    (name) => matchLabels(arrays.get(name)!, dataset, whereIn(path, name)).codes,
  );
  const { lines } = joinLines(others, codes[0]!.length, dataset, path);
  return {
    names: names.map((name, i) => name || String(i + 1)),
    labels: codes.map((own) => lines.map((line) => own[line] ?? -1)),
  };
}

const whereIn = (path: string, name: string): string => (name === '' ? path : `${path}, ${name}`);

function known(
  asked: readonly string[],
  arrays: ReadonlyMap<string, NdArray>,
  path: string,
): string[] {
  const missing = asked.find((name) => !arrays.has(name));
  if (missing === undefined) return [...new Set(asked)];
  throw new InputError('annotators.noColumn', {
    where: path,
    name: missing,
    columns: [...arrays.keys()],
  });
}

/** Columns whose values are classes of the data set. @throws InputError where there are none */
function likely(arrays: ReadonlyMap<string, NdArray>, dataset: Dataset, path: string): string[] {
  const found = [...arrays].flatMap(([name, array]) => {
    if (roleNamed(name) === 'truth' || isKeyNamed(name)) return [];
    try {
      matchLabels(array, dataset, whereIn(path, name));
      return [name];
    } catch {
      // A column of times or of notes.
      return [];
    }
  });
  if (found.length > 0) return found;
  throw new InputError('annotators.none', { where: path, classes: dataset.classes });
}
