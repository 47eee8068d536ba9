/** Which columns of a table of pictures are labels: by name, else the only one that can be. */
import type { Phrase } from '../../contract/words/phrase.ts';
import { note } from '../../contract/words/notes.ts';
import { MOST_CLASSES } from '../dataset.ts';
import type { Column, Table } from '../formats/table.ts';
import { likelihood, roleNamed } from '../table-names.ts';
import { textAt } from '../formats/table.ts';

/** What was chosen. */
export interface LabelColumns {
  labels: Column | null;
  truth: Column | null;
  isGuess: boolean;
  candidates: string[];
  inferred: Phrase[];
}

/** Names of label columns in well-known sets of pictures, in small letters and without gaps. */
const USUAL =
  /^(dx|diagnosis|breed|species|label(id|name|text|code|index|idx)|class(id|name|label|code|index|idx)|category(id|name)|cls|classname|emotion|expression|level|grade|digit|finding|tag|variety|style|genre)$/;

/**
 * Chooses the columns of labels.
 * @param table without its columns of file names and parts
 * @param askedLabels the column asked for
 * @param askedTruth the column of true labels asked for
 */
export function labelColumns(
  table: Table,
  askedLabels: Column | null,
  askedTruth: Column | null,
): LabelColumns {
  const free = table.columns.filter((column) => column !== askedTruth && column !== askedLabels);
  const called = (role: string) => free.filter(({ name }) => roleNamed(name) === role);
  const none = { isGuess: false, candidates: [], inferred: [] };
  const withTruth = (labels: Column): LabelColumns => {
    const besides = (columns: Column[]) => columns.find((column) => column !== labels);
    const isGiven = roleNamed(labels.name) === 'given';
    const truth =
      askedTruth ?? besides(called('truth')) ?? (isGiven ? besides(called('label')) : null) ?? null;
    const inferred = askedLabels ? [] : [note('labelsIn', { name: labels.name })];
    if (truth && !askedTruth) inferred.push(note('trueIn', { name: truth.name }));
    return { ...none, labels, truth, inferred };
  };
  if (askedLabels) return withTruth(askedLabels);
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');
  const groups = [
    called('given'),
    free.filter(({ name }) => likelihood(name) === 2),
    free.filter(({ name }) => likelihood(name) === 1 || USUAL.test(plain(name))),
    called('truth'),
  ];
  const group = groups.find((columns) => columns.length > 0);
  if (group) {
    const [first, ...others] = group;
    if (others.every((other) => splitAlike(first!, other, table.rows))) return withTruth(first!);
    return { ...none, labels: null, truth: askedTruth, candidates: names(group) };
  }
  const hot = oneHot(free, table.rows);
  if (hot) return { ...none, labels: hot, truth: askedTruth, inferred: [saidHot(hot)] };
  const possible = free.filter((column) => mayBe(column, table.rows));
  if (possible.length !== 1) {
    return { ...none, labels: null, truth: askedTruth, candidates: names(possible) };
  }
  return { ...withTruth(possible[0]!), isGuess: true };
}

const names = (columns: readonly Column[]): string[] => columns.map(({ name }) => name);

/** Whether two columns split the rows alike, as numbers and names of classes do. */
export function splitAlike(a: Column, b: Column, rows: number): boolean {
  const [there, back] = [new Map<string, string>(), new Map<string, string>()];
  for (let row = 0; row < rows; row++) {
    const [x, y] = [textAt(a, row) ?? '', textAt(b, row) ?? ''];
    if (!there.has(x)) there.set(x, y);
    if (!back.has(y)) back.set(y, x);
    if (there.get(x) !== y || back.get(y) !== x) return false;
  }
  return true;
}

/** Words or whole numbers of 2 kinds to as many as classes may be, of which some come twice. */
function mayBe(column: Column, rows: number): boolean {
  const isWhole =
    column.kind === 'words' ||
    column.values.every((value) => Number.isInteger(value) || Number.isNaN(value));
  if (!isWhole) return false;
  const kinds = column.kind === 'words' ? column.words.length : new Set(column.values).size;
  return kinds > 1 && kinds <= MOST_CLASSES && kinds < rows;
}

/** A column of names from columns of which exactly one is 1 in each row; null where they are none. */
function oneHot(columns: readonly Column[], rows: number): Column | null {
  const hot = columns.filter(
    (column) =>
      column.kind === 'numbers' && column.values.every((value) => value === 0 || value === 1),
  );
  if (hot.length < 2 || rows === 0) return null;
  const codes = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const ones = hot.flatMap((column, i) => (textAt(column, row) === '1' ? [i] : []));
    if (ones.length !== 1) return null;
    codes[row] = ones[0]!;
  }
  const words = names(hot);
  return { name: words.join(', '), kind: 'words', codes, words };
}

const saidHot = ({ name }: Column): Phrase => note('hotColumns', { names: name.slice(0, 200) });
