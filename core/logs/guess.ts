/** Which column is taken for which signal where nobody said: by names, and by the names beside them. */
import type { Phrase } from '../contract/words/phrase.ts';
import { logNote } from '../contract/words/notes.ts';
import type { LogTable, Role, Signal } from './log.ts';
import { ROLES, SIGNALS } from './log.ts';
import {
  fit,
  isCalled,
  isIndexName,
  isPartAlone,
  isTest,
  kindOf,
  measureOf,
  partOf,
} from './names.ts';
import type { LogPart } from './names.ts';

/** What was guessed. */
export interface Guess {
  columns: Partial<Record<Role, readonly string[]>>;
  notes: Phrase[];
  /** Accuracies that may be of any part of the data, so that a person has to say. */
  unsaid: string[];
  /** Measures of the hold-out that were not taken. */
  offered: string[];
}

/** A column that may be taken, with what is known of it. */
interface Column {
  name: string;
  part: LogPart | null;
  /** How well it fits each role. */
  rank: (role: Role) => number | null;
}

/**
 * Guesses the roles that are open.
 * @param free names of columns that nothing else is taken for
 * @param isNamed whether the person named a column for a role, so that it is there but not open
 */
export function guessColumns(
  table: LogTable,
  free: readonly string[],
  open: readonly Role[],
  isNamed: (role: Role) => boolean,
): Guess {
  const guess: Guess = { columns: {}, notes: [], unsaid: [], offered: [] };
  const columns = columnsIn(table, free, guess.notes);
  const take = (role: Role, from: readonly Column[]): void => {
    if (open.includes(role) && !guess.columns[role]) takeBest(role, from, guess);
  };
  const has = (role: Role) => isNamed(role) || guess.columns[role] !== undefined;
  for (const role of ROLES) if (role !== 'trainAccuracy') take(role, columns);
  if (!has('epoch') && !has('step') && open.includes('epoch')) takeIndex(table, free, guess);
  const bare = columns.filter(({ name, part }) => part === null && isCalled(name, 'accuracy'));
  const owner = ownerOf(table, columns, has);
  take(
    'trainAccuracy',
    columns.filter((one) => !bare.includes(one) || owner === 'train'),
  );
  if (owner === 'holdout') takeBare(bare, open, guess);
  if (owner === null && !has('trainAccuracy')) guess.unsaid = bare.map(({ name }) => name);
  takePartsAlone(table, columns, open, has, guess);
  takeMeasures(columns, owner, open, has, guess);
  return guess;
}

function columnsIn(table: LogTable, free: readonly string[], notes: Phrase[]): Column[] {
  const known = free.filter((name) => table.values.has(name) || table.words.has(name));
  // XGBoost numbers the sets that it watches, of which the first is the training set by custom.
  const hasBoth = [/^validation_0(?!\d)/, /^validation_1(?!\d)/].every((watched) =>
    known.some((name) => watched.test(name)),
  );
  if (hasBoth) notes.push(logNote('watched'));
  return known.map((name) => {
    const read = hasBoth ? name.replace(/^validation_0(?!\d)/, 'train') : name;
    return { name, part: partOf(read), rank: (role) => fit(read, role) };
  });
}

function takeBest(role: Role, columns: readonly Column[], guess: Guess): void {
  const ranked = columns
    .map(({ name, rank }) => ({ name, rank: rank(role) }))
    .filter((one): one is { name: string; rank: number } => one.rank !== null)
    .sort((a, b) => a.rank - b.rank);
  const best = ranked[0];
  if (!best) return;
  const equal = ranked.filter(({ rank }) => rank === best.rank).map(({ name }) => name);
  const kin = equal.filter((name) => kindOf(name) === kindOf(best.name));
  const isCount = role === 'epoch' || role === 'step';
  const taken = isCount ? [best.name] : withoutTopK(kin);
  guess.columns[role] = taken;
  if (taken.length > 1) {
    guess.notes.push(logNote('average', { role, names: taken.join(' and ') }));
  }
  const rivals = equal.filter((name) => !kin.includes(name));
  if (rivals.length > 0 && role !== 'step') {
    guess.notes.push(logNote('alsoBe', { role, names: rivals }));
  }
}

/** Of `acc_1` and `acc_5` the first alone; of `val_0_acc` and `val_1_acc`, several hold-outs, all. */
function withoutTopK(kin: readonly string[]): string[] {
  const numbers = kin.map((name) => (name.match(/\d+/g) ?? []).map(Number));
  const length = numbers[0]?.length ?? 0;
  const moving = Array.from({ length }, (_, i) => numbers.map((one) => one[i]!)).find(
    (one) => new Set(one).size > 1,
  );
  if (!moving) return [...kin];
  const sorted = [...moving].sort((a, b) => a - b);
  const isCounted = sorted[0]! <= 1 && sorted.every((one, i) => one === sorted[0]! + i);
  return isCounted ? [...kin] : [kin[moving.indexOf(sorted[0]!)]!];
}

/** An index that counts rows one by one is the epoch. */
function takeIndex(table: LogTable, free: readonly string[], guess: Guess): void {
  const index = free.find((name) => {
    const values = isIndexName(name) ? table.values.get(name) : undefined;
    return values?.every((value, i) => value === values[0]! + i && value >= 0);
  });
  if (index === undefined) return;
  guess.columns.epoch = [index];
  guess.notes.push(logNote('indexIsEpoch', { name: index }));
}

/**
 * Whose an accuracy is that does not say it: Keras's `accuracy` beside `loss` is of training; beside
 * validation losses alone, as fastai and Ultralytics write it, it is of the hold-out.
 */
function ownerOf(
  table: LogTable,
  columns: readonly Column[],
  has: (role: Role) => boolean,
): 'train' | 'holdout' | null {
  const some = (part: LogPart | null, what: 'accuracy' | 'loss') =>
    columns.some((one) => one.part === part && isCalled(one.name, what));
  const isTested = table.names.some((name) => isTest(name) && isCalled(name, 'accuracy'));
  if (has('holdoutAccuracy') || some('holdout', 'accuracy')) return 'train';
  const isHeld = ({ name, part }: Column) => part === 'holdout' && measureOf(name) !== null;
  if (has('holdoutLoss') || some('holdout', 'loss') || columns.some(isHeld)) return 'holdout';
  if (isTested || some(null, 'loss')) return 'train';
  return null;
}

function takeBare(bare: readonly Column[], open: readonly Role[], guess: Guess): void {
  if (!open.includes('holdoutAccuracy') || guess.columns.holdoutAccuracy) return;
  const asTraining = bare.map((one) => ({ ...one, rank: () => one.rank('trainAccuracy') }));
  takeBest('holdoutAccuracy', asTraining, guess);
  const [name] = guess.columns.holdoutAccuracy ?? [];
  if (name !== undefined) guess.notes.push(logNote('bare', { name }));
}

/** `Train: 0.91, Val: 0.81` beside a loss are accuracies. */
function takePartsAlone(
  table: LogTable,
  columns: readonly Column[],
  open: readonly Role[],
  has: (role: Role) => boolean,
  guess: Guess,
): void {
  if (has('holdoutAccuracy') || has('holdoutLoss') || !has('trainLoss')) return;
  // Told once, as in `Train: 188, Val: 21`, it is how many samples there are.
  const isOften = (name: string) => tellsOf(table, name) > 1;
  for (const { name, part } of columns.filter(
    (one) => isPartAlone(one.name) && isOften(one.name),
  )) {
    const role = part === 'holdout' ? 'holdoutAccuracy' : 'trainAccuracy';
    if (!open.includes(role) || has(role)) continue;
    guess.columns[role] = [name];
    guess.notes.push(logNote('partAlone', { name, role }));
  }
}

/** How many values a column has. */
const tellsOf = ({ values }: LogTable, name: string): number =>
  [...(values.get(name) ?? [])].filter((one) => !Number.isNaN(one)).length;

/** Which measure is looked for first, where nothing else tells of the hold-out. */
const PREFERRED =
  'f1 meanPrecision overlap auc agreement text picture precision r2 squaredError absoluteError perplexity bits brier wordError'.split(
    ' ',
  );

function takeMeasures(
  columns: readonly Column[],
  owner: 'train' | 'holdout' | null,
  open: readonly Role[],
  has: (role: Role) => boolean,
  guess: Guess,
): void {
  // Detectors measure precision over a whole set, which training never does.
  const ownerOfBare = (name: string) => (isDetection(name) ? 'holdout' : owner);
  const of = (part: 'train' | 'holdout') =>
    columns.filter(
      ({ name, part: own }) => (own ?? ownerOfBare(name)) === part && measureOf(name) !== null,
    );
  const take = (role: Signal, name: string | undefined): void => {
    if (name !== undefined && open.includes(role) && !has(role)) guess.columns[role] = [name];
  };
  const errorIn = (found: readonly Column[]) =>
    found.find(({ name }) => measureOf(name)!.id === 'error')?.name;
  const held = byPreference(of('holdout'));
  take('holdoutAccuracy', errorIn(held));
  take('trainAccuracy', errorIn(of('train')));
  take('trainLoss', of('train').find(({ name }) => measureOf(name)!.as === 'Loss')?.name);
  const lossInParts = isInParts(columns, guess);
  if (!has('holdoutAccuracy') && (!has('holdoutLoss') || lossInParts)) {
    const asLoss = lossInParts
      ? undefined
      : held.find(({ name }) => measureOf(name)!.as === 'Loss');
    take('holdoutLoss', asLoss?.name);
    const asAccuracy = held.find(({ name }) => measureOf(name)!.as === 'Accuracy');
    if (!asLoss && asAccuracy) {
      take('holdoutAccuracy', asAccuracy.name);
      if (asAccuracy.part === null)
        guess.notes.push(logNote('measured', { name: asAccuracy.name }));
      if (lossInParts && !guess.unsaid.length) leaveLoss(guess);
    }
  }
  const taken = new Set(SIGNALS.flatMap((signal) => guess.columns[signal] ?? []));
  guess.offered = held.map(({ name }) => name).filter((name) => !taken.has(name));
}

/** Takes no hold-out loss, and says nothing of what else it could be. */
function leaveLoss(guess: Guess): void {
  delete guess.columns.holdoutLoss;
  guess.notes = guess.notes.filter(({ values }) => values?.['role'] !== 'holdoutLoss');
}

const isDetection = (name: string): boolean => measureOf(name)?.id === 'meanPrecision';

const byPreference = (columns: readonly Column[]): Column[] =>
  [...columns].sort((a, b) => placeOf(a.name) - placeOf(b.name) || a.name.length - b.name.length);

function placeOf(name: string): number {
  const place = PREFERRED.indexOf(measureOf(name)!.id);
  // Of detectors the mean over all overlaps is what is compared.
  return /95/.test(name) ? place - 0.5 : place;
}

/** Whether the hold-out's loss is told in parts only, such as of boxes and of classes. */
function isInParts(columns: readonly Column[], { columns: { holdoutLoss } }: Guess): boolean {
  const ranks = columns.flatMap(({ rank }) => rank('holdoutLoss') ?? []);
  return holdoutLoss !== undefined && ranks.length > 1 && Math.min(...ranks) >= 1;
}
