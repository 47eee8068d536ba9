/** Which column is taken for which signal: as the person says, else as the names say. */
import type { Phrase } from '../contract/words/phrase.ts';
import { logNote } from '../contract/words/notes.ts';
import { InputError } from '../contract/words/errors.ts';
import { ROLES, SIGNALS } from './log.ts';
import type { Columns, LogTable, Role } from './log.ts';
import { fit, isForbidden, isPlainDistance, kindOf, runOf } from './names.ts';

/**
 * Reads `holdoutAccuracy=valid/acc,epoch=step`; a signal named twice is the average of both columns.
 * @throws InputError where a part names no signal
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
  return columns;
}

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

/** Which columns are worth keeping while a log is read. */
export function wantedBy(chosen: Columns): (name: string) => boolean {
  const named = new Set(ROLES.flatMap((role) => chosen[role] ?? []));
  const open = ROLES.filter((role) => chosen[role] === undefined);
  return (name) =>
    !isForbidden(name) && (named.has(name) || open.some((role) => fit(name, role) !== null));
}

/**
 * The columns to take.
 * @throws InputError where a named column is not there, or is one of test data; where several runs are mixed
 */
export function chooseColumns(
  table: LogTable,
  chosen: Columns,
): { columns: Columns; notes: Phrase[] } {
  const columns: Partial<Record<Role, readonly string[]>> = {};
  const notes: Phrase[] = [];
  for (const role of ROLES) {
    const named = chosen[role];
    const found = named ? checked(table, role, named) : guessed(table, role, notes);
    if (found.length > 0) columns[role] = found;
  }
  if (Object.keys(chosen).length === 0) refuseSeveralRuns(table);
  if (!columns.relativeDistance && !chosen.relativeDistance) {
    const plain = table.names.find(isPlainDistance);
    if (plain) notes.push(plainDistance(plain));
  }
  return { columns, notes };
}

function checked(table: LogTable, role: Role, names: readonly string[]): readonly string[] {
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
  return names;
}

function guessed(table: LogTable, role: Role, notes: Phrase[]): string[] {
  const ranked = table.names
    .map((name) => ({ name, rank: fit(name, role) }))
    .filter((one): one is { name: string; rank: number } => one.rank !== null)
    .filter(({ name }) => table.values.has(name) || table.words.has(name))
    .sort((a, b) => a.rank - b.rank);
  const best = ranked[0];
  if (!best) return [];
  const alike = ranked.filter(
    ({ name, rank }) => rank === best.rank && kindOf(name) === kindOf(best.name),
  );
  const taken = role === 'epoch' || role === 'step' ? [best.name] : alike.map(({ name }) => name);
  for (const name of taken) refuseWords(table, name);
  if (taken.length > 1) notes.push(logNote('average', { role, names: taken.join(' and ') }));
  const rivals = ranked.filter(
    ({ name, rank }) => rank === best.rank && !alike.some((a) => a.name === name),
  );
  if (rivals.length > 0 && role !== 'step') {
    notes.push(logNote('alsoBe', { role, names: rivals.map(({ name }) => name) }));
  }
  return taken;
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

const plainDistance = (name: string): Phrase => logNote('notTaken', { name });
