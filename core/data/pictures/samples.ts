/** From the rows of several tables to one sample a picture. */
import { note } from '../../contract/words/notes.ts';
import type { Phrase } from '../../contract/words/phrase.ts';
import { basename } from 'node:path/posix';
import { InputError } from '../../contract/words/errors.ts';
import { partNamed, wordsOfName } from '../parts.ts';
import type { LabelRow, TableRows } from './label-table.ts';

/** A picture with what tables or folders say of it. */
export type Sample = LabelRow;

/** What tables say together. */
export interface TableSamples {
  samples: Sample[];
  /** The tables that tell labels. */
  from: TableRows[];
  inferred: Phrase[];
}

const TRUE = /^(clean|true|truth|gt|golden|gold|verified|correct|original)$/;
const GIVEN = /^(noisy|noise|given|observed|weak|web|crowd|corrupted)$/;

/** Whether a table's own name says that its labels are the true ones, or those as given. */
export function roleOf(path: string): 'truth' | 'given' | null {
  const words = wordsOfName(basename(path));
  if (words.some((word) => GIVEN.test(word))) return 'given';
  return words.some((word) => TRUE.test(word)) ? 'truth' : null;
}

/**
 * Joins tables by picture: labels as given from one, true ones from another, parts from a third.
 * @throws InputError where two tables label a picture differently
 */
export function mergeLabels(tables: readonly TableRows[]): TableSamples {
  const from = tables.filter(({ labels }) => labels !== null);
  const hasGiven = from.some(({ path }) => roleOf(path) === 'given');
  const byPath = new Map<string, { rows: LabelRow[]; table: TableRows }>();
  const inferred: Phrase[] = [];
  for (const table of from) {
    const isTruth = hasGiven && roleOf(table.path) === 'truth' && table.truth === null;
    for (const raw of table.rows) {
      const row = isTruth ? { ...raw, given: null, truth: raw.given } : { ...raw };
      const known = byPath.get(row.path);
      if (!known) byPath.set(row.path, { rows: [row], table });
      else if (known.table === table) known.rows.push(row);
      else for (const own of known.rows) join(own, row, known.table, table);
    }
  }
  inferred.push(...applyParts(tables, byPath));
  const samples = [...byPath.values()].flatMap(({ rows }) => rows);
  const several = [...byPath.values()].filter(({ rows }) => rows.length > 1).length;
  if (several > 0) {
    inferred.push(note('manyRows', { n: several }));
  }
  return { samples, from, inferred };
}

/** Adds what a second table says of a picture. */
function join(own: LabelRow, other: LabelRow, first: TableRows, second: TableRows): void {
  for (const role of ['given', 'truth'] as const) {
    if (own[role] !== null && other[role] !== null && own[role] !== other[role]) {
      throw new InputError('pictures.labelledTwice', {
        where: second.where,
        table: first.path,
        picture: own.path,
        other: other[role],
        own: own[role],
      });
    }
    own[role] ??= other[role];
  }
  own.part = stronger(own.part, other.part);
}

/** Of two words for parts the one for testing: what is tested on must not be trained on. */
function stronger(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  const order = ['test', 'validation', 'unlabelled', 'train', null];
  return order.indexOf(partNamed(a)) <= order.indexOf(partNamed(b)) ? a : b;
}

/** Parts of pictures by lists without labels. */
export function listedParts(tables: readonly TableRows[]): Map<string, string> {
  const parts = new Map<string, string>();
  const telling = tables.filter(
    ({ labels, rows }) => labels === null && rows.some(({ part }) => part !== null),
  );
  for (const { path, part } of telling.flatMap(({ rows }) => rows)) {
    if (part !== null) parts.set(path, stronger(parts.get(path) ?? null, part)!);
  }
  return parts;
}

/** Whether pictures that no list names are of no part: one lists those to train on. */
export const areAll = (parts: ReadonlyMap<string, string>): boolean =>
  [...new Set(parts.values())].some((part) => partNamed(part) === 'train');

function applyParts(
  tables: readonly TableRows[],
  byPath: Map<string, { rows: LabelRow[] }>,
): Phrase[] {
  const parts = listedParts(tables);
  const drop = areAll(parts);
  let outside = 0;
  for (const [path, { rows }] of byPath) {
    const part = parts.get(path);
    if (part !== undefined) for (const row of rows) row.part = part;
    else if (drop && rows.every((row) => row.part === null)) {
      byPath.delete(path);
      outside += rows.length;
    }
  }
  if (outside === 0) return [];
  return [note('leftUnlistedCount', { n: outside })];
}
