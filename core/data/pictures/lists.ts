/** Lists that name pictures without a line of names: `images/1.png 3` a line, or JSON by file name. */
import type { Column, Table } from '../formats/table.ts';
import { decodeText } from '../formats/text.ts';
import type { FoundPicture } from './finder.ts';

/** What the columns of a list are called; no column of a file begins with a space. */
const LIST_FILE = ' picture';
const LIST_LABEL = 'label';

/** Whether a table is a list, whose columns have no names of their own. */
export const isListed = ({ columns }: Table): boolean => columns[0]?.name === LIST_FILE;

/** Lines that tell whether a file is a list. */
const LOOK = 200;
/** Words that a label may have, and one more. */
const MOST_CUTS = 8;

/**
 * The pictures that the lines of a text name, each with a label behind it or none has.
 * @param bytes UTF-8, or as `textOf` tells
 * @returns null where its lines name no pictures
 */
export function listTable(bytes: Uint8Array, find: (name: string) => FoundPicture): Table | null {
  const lines = linesOf(bytes).map((line) => numbered(line, find)?.[1] ?? line);
  const head = lines.slice(0, LOOK);
  const named = head.filter((line) => find(line) !== 0).length;
  const labelled = head.filter((line) => cutAtLast(line, find) !== null).length;
  if (2 * Math.max(named, labelled) < head.length || head.length === 0) return null;
  if (named >= labelled) return tableOf(lines, null);
  const cut = lines.map((line) => cutAtLast(line, find) ?? lastCut(line));
  return tableOf(
    cut.map(([name]) => name),
    cut.map(([, label]) => label),
  );
}

/** A picture with a number before it, as `images.txt` of CUB has them; null for any other line. */
function numbered(line: string, find: (name: string) => FoundPicture): [string, string] | null {
  const [, number, name] = /^(\d+)\s+(\S.*)$/.exec(line) ?? [];
  return number && name && find(number) === 0 && find(name) !== 0 ? [number, name] : null;
}

/** The pictures by the numbers that a list gives them; empty where it gives none. */
export function numbersInList(
  bytes: Uint8Array,
  find: (name: string) => FoundPicture,
): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of linesOf(bytes)) {
    const one = numbered(line, find);
    const picture = one && find(one[1]);
    if (!one || typeof picture !== 'string') return new Map();
    found.set(one[0], picture);
  }
  return found;
}

/**
 * The part of each picture by its number: lines of a number and 1 to train, 0 to test.
 * @returns null where it is no such list
 */
export function numberedParts(
  bytes: Uint8Array,
  pictures: ReadonlyMap<string, string>,
): Map<string, 'train' | 'test'> | null {
  const parts = new Map<string, 'train' | 'test'>();
  for (const line of linesOf(bytes)) {
    const [, number, part] = /^(\d+)\s+([01])$/.exec(line) ?? [];
    const picture = number === undefined ? undefined : pictures.get(number);
    if (picture === undefined) return null;
    parts.set(picture, part === '1' ? 'train' : 'test');
  }
  return parts.size > 0 ? parts : null;
}

/** Lines that are not empty, without spaces around. */
export function linesOf(bytes: Uint8Array): string[] {
  return [...decodeText(bytes).pieces()]
    .join('')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** A name that is a picture and the label behind it; names may have spaces and commas in them. */
function cutAtLast(line: string, find: (name: string) => FoundPicture): [string, string] | null {
  for (let end = line.length, tries = 0; tries < MOST_CUTS; tries++) {
    const at = line.slice(0, end).search(/\s*[\s,;|]\s*[^\s,;|]*$/);
    if (at < 1) return null;
    const label = bare(line.slice(at).replace(/^[\s,;|]+/, ''));
    // Several numbers are boxes or votes.
    if (label !== '' && !/^[-\d.]+([\s,;|]+[-\d.]+)+$/.test(label)) {
      const name = bare(line.slice(0, at));
      if (find(name) !== 0) return [name, label];
    }
    end = at;
  }
  return null;
}

/** A line whose picture is not there: cut at its last gap. */
function lastCut(line: string): [string, string] {
  const at = line.search(/[\s,;|]+[^\s,;|]*$/);
  return at < 1
    ? [bare(line), '']
    : [bare(line.slice(0, at)), bare(line.slice(at).replace(/^[\s,;|]+/, ''))];
}

const bare = (text: string): string => text.replace(/^(["'])(.*)\1$/, '$2');

/**
 * A JSON object whose keys are pictures and whose values are labels.
 * @returns null where it is anything else
 */
export function jsonTable(bytes: Uint8Array, find: (name: string) => FoundPicture): Table | null {
  let value: unknown;
  try {
    value = JSON.parse([...decodeText(bytes).pieces()].join(''));
  } catch {
    // It may be JSON Lines, which is read elsewhere.
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const all = Object.entries(value);
  const isLabel = (label: unknown) => typeof label === 'string' || typeof label === 'number';
  if (all.length === 0 || !all.every(([, label]) => isLabel(label))) return null;
  const head = all.slice(0, LOOK);
  if (2 * head.filter(([name]) => find(name) !== 0).length < head.length) return null;
  return tableOf(
    all.map(([name]) => name),
    all.map(([, label]) => String(label)),
  );
}

function tableOf(files: string[], labels: string[] | null): Table {
  const columns = [wordsColumn(LIST_FILE, files)];
  if (labels) columns.push(wordsColumn(LIST_LABEL, labels));
  return { rows: files.length, columns, inferred: [] };
}

function wordsColumn(name: string, values: readonly string[]): Column {
  const words = new Map<string, number>();
  const codes = Int32Array.from(values, (value) => {
    if (value === '') return -1;
    const code = words.get(value) ?? words.size;
    words.set(value, code);
    return code;
  });
  return { name, kind: 'words', codes, words: [...words.keys()] };
}
