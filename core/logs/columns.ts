/** Which column is taken for which signal: as the person says, else as the names say. */
import type { Phrase } from '../contract/words/phrase.ts';
import { logNote } from '../contract/words/notes.ts';
import { InputError } from '../contract/words/errors.ts';
import { guessColumns } from './guess.ts';
import type { Guess } from './guess.ts';
import { ROLES, SIGNALS } from './log.ts';
import type { Columns, LogTable, Role, Signal } from './log.ts';
import { turned, turnFor } from './measures.ts';
import type { Turn } from './measures.ts';
import {
  fit,
  isFold,
  isForbidden,
  isIndexName,
  isPartAlone,
  isPlainDistance,
  measureOf,
  runOf,
} from './names.ts';

/**
 * Reads `holdoutAccuracy=valid/acc,epoch=step`; a signal named twice is the average of both columns.
 * @throws InputError where a part names no signal, or a column is named for two
 */
export function parseColumns(texts: readonly string[]): Columns {
  const columns: Partial<Record<Role, string[]>> = {};
  // A comma may be in a column's name, so it parts only before the next signal.
  const parts = texts.flatMap((text) => text.split(/,(?=\s*\w+\s*=)/));
  for (const part of parts) {
    const [, role = '', name = ''] = /^\s*(\w+)\s*=(.*)$/.exec(part) ?? [];
    if (!isRole(role)) {
      throw new InputError('log.columnsForm', { part, roles: ROLES });
    }
    const names = (columns[role] ??= []);
    if (name.trim() !== '') names.push(name.trim());
  }
  refuseTwice(columns);
  return columns;
}

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

function refuseTwice(columns: Columns): void {
  const roles = new Map<string, Role>();
  for (const role of ROLES) {
    for (const name of columns[role] ?? []) {
      const other = roles.get(name);
      if (other !== undefined && other !== role) {
        throw new InputError('log.columnTwice', { name, first: other, second: role });
      }
      roles.set(name, role);
    }
  }
}

/** Which columns are worth keeping while a log is read. */
export function wantedBy(chosen: Columns): (name: string) => boolean {
  const named = new Set(ROLES.flatMap((role) => chosen[role] ?? []));
  const open = ROLES.filter((role) => chosen[role] === undefined);
  return (name) => {
    if (isForbidden(name)) return false;
    if (named.has(name) || isIndexName(name) || isPartAlone(name) || isFold(name)) return true;
    if (measureOf(name) !== null) return true;
    return open.some((role) => fit(name, role) !== null) || fit(name, 'trainAccuracy') !== null;
  };
}

/** Columns by what they are taken for, and the table with values that can stand for it. */
export interface Choice extends Pick<Guess, 'unsaid' | 'offered'> {
  columns: Columns;
  table: LogTable;
  notes: Phrase[];
}

/**
 * The columns to take.
 * @throws InputError where a named column is not there, or is one of test data; where several runs are mixed
 */
export function chooseColumns(table: LogTable, chosen: Columns): Choice {
  refuseTwice(chosen);
  for (const role of ROLES) checkNamed(table, role, chosen[role] ?? []);
  const named = new Set(ROLES.flatMap((role) => chosen[role] ?? []));
  const open = ROLES.filter((role) => chosen[role] === undefined);
  const isNamed = (role: Role) => (chosen[role] ?? []).length > 0;
  const free = table.names.filter((name) => !named.has(name));
  const { columns: guessed, notes, ...rest } = guessColumns(table, free, open, isNamed);
  const columns: Partial<Record<Role, readonly string[]>> = {};
  for (const role of ROLES) {
    const names = chosen[role] ?? guessed[role] ?? [];
    for (const name of names) refuseWords(table, name);
    if (names.length > 0) columns[role] = names;
  }
  if (Object.keys(chosen).length === 0) refuseSeveralRuns(table);
  if (!columns.relativeDistance && !chosen.relativeDistance) {
    const plain = table.names.find(isPlainDistance);
    if (plain) notes.push(logNote('notTaken', { name: plain }));
  }
  return { columns, table: withTurned(table, columns, notes), notes, ...rest };
}

function checkNamed(table: LogTable, role: Role, names: readonly string[]): void {
  for (const name of names) {
    if (isForbidden(name)) {
      throw new InputError('log.testColumn', { role, name });
    }
    if (!table.names.includes(name)) {
      throw new InputError('log.noColumn', { where: table.where, name, names: table.names });
    }
    refuseWords(table, name);
    if (!table.values.has(name)) {
      throw new InputError('log.noNumbers', { where: table.where, name });
    }
  }
}

function refuseWords({ words }: LogTable, name: string): void {
  const word = words.get(name);
  if (!word) return;
  throw new InputError('log.notNumber', { where: word.place, name, text: word.text });
}

/** An export of several runs has each column once a run. */
function refuseSeveralRuns({ where, names, values }: LogTable): void {
  const runs = new Set(
    names
      .filter((name) => values.has(name) && SIGNALS.some((signal) => fit(name, signal) !== null))
      .flatMap((name) => runOf(name) ?? []),
  );
  if (runs.size > 1) {
    throw new InputError('log.severalRuns', { where, names: [...runs] });
  }
}

const MEASURED: readonly Signal[] = [
  'trainAccuracy',
  'holdoutAccuracy',
  'trainLoss',
  'holdoutLoss',
];

/** Measures turned so that of an accuracy more is better, and of a loss less. */
function withTurned(table: LogTable, columns: Columns, notes: Phrase[]): LogTable {
  const values = new Map(table.values);
  for (const role of MEASURED) {
    for (const name of columns[role] ?? []) {
      const turn = turnOf(name, role);
      const before = values.get(name);
      if (turn === 'asIs' || !before) continue;
      values.set(name, turnedColumn(before, turn));
      notes.push(logNote(turn, { name, role }));
    }
  }
  return { ...table, values };
}

function turnOf(name: string, role: Signal): Turn {
  const signal = role.endsWith('Accuracy') ? 'Accuracy' : 'Loss';
  const turn = turnFor(measureOf(name), signal);
  if (turn === null) {
    const instead = role.replace('Accuracy', 'Loss');
    throw new InputError('log.lowerIsBetter', { role, name, instead });
  }
  return turn;
}

function turnedColumn(values: Float64Array, turn: Turn): Float64Array {
  const most = values.reduce((a, b) => (b > a ? b : a), 0);
  const whole = most > 1.5 ? 100 : 1;
  return values.map((value) => turned(value, turn, whole));
}
