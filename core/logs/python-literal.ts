/** Reads what Python prints of dicts and lists: `{'loss': [0.5, nan], 'lr': np.float32(0.1)}`. Nothing is run. */

/** How deep values may lie in each other. */
const DEEPEST = 32;

/** Where a text is read. */
interface Cursor {
  text: string;
  at: number;
}

/**
 * The value of a literal, dicts as objects and tuples as lists; undefined where the text is none.
 * What stands before it, as in `history = {...}`, is left out.
 */
export function pythonValue(text: string): unknown {
  const [before] = /^\s*(?:[A-Za-z_][\w.]*\s*=\s*)?/.exec(text)!;
  const cursor = { text, at: before.length };
  const value = valueAt(cursor, 0);
  return text.slice(cursor.at).trim() === '' ? value : undefined;
}

function valueAt(cursor: Cursor, depth: number): unknown {
  skipSpace(cursor);
  if (depth > DEEPEST) return undefined;
  const sign = cursor.text[cursor.at];
  if (sign === '{') return dictAt(cursor, depth);
  if (sign === '[') return listAt(cursor, ']', depth);
  if (sign === '(') return listAt(cursor, ')', depth);
  if (sign === "'" || sign === '"') return stringAt(cursor, sign);
  return wordAt(cursor, depth);
}

function skipSpace(cursor: Cursor): void {
  while (/\s/.test(cursor.text[cursor.at] ?? '')) cursor.at++;
}

/** Takes a sign, if it comes next. */
function takes(cursor: Cursor, sign: string): boolean {
  skipSpace(cursor);
  if (cursor.text[cursor.at] !== sign) return false;
  cursor.at++;
  return true;
}

function dictAt(cursor: Cursor, depth: number): unknown {
  cursor.at++;
  const entries: [string, unknown][] = [];
  while (!takes(cursor, '}')) {
    const key = valueAt(cursor, depth + 1);
    const isKey = typeof key === 'string' || typeof key === 'number';
    if (!isKey || !takes(cursor, ':')) return undefined;
    const value = valueAt(cursor, depth + 1);
    if (value === undefined) return undefined;
    entries.push([String(key), value]);
    if (takes(cursor, ',')) continue;
    if (takes(cursor, '}')) break;
    return undefined;
  }
  return Object.fromEntries(entries);
}

function listAt(cursor: Cursor, end: string, depth: number): unknown[] | undefined {
  cursor.at++;
  const list: unknown[] = [];
  while (!takes(cursor, end)) {
    const value = valueAt(cursor, depth + 1);
    if (value === undefined) return undefined;
    list.push(value);
    if (takes(cursor, ',')) continue;
    if (takes(cursor, end)) break;
    return undefined;
  }
  return list;
}

function stringAt(cursor: Cursor, quote: string): string | undefined {
  const end = cursor.text.indexOf(quote, cursor.at + 1);
  if (end < 0) return undefined;
  const value = cursor.text.slice(cursor.at + 1, end);
  cursor.at = end + 1;
  return value;
}

const WORD = /[-+]?[\w.]+(?:[eE][-+]\d+)?/y;
const NAMED: Readonly<Record<string, unknown>> = {
  None: null,
  True: 1,
  False: 0,
  nan: NaN,
  inf: Infinity,
  '-inf': -Infinity,
};

/** A number, a name that stands for a value, or a call whose first argument is the value. */
function wordAt(cursor: Cursor, depth: number): unknown {
  if (takes(cursor, '<')) return skippedTo(cursor, '>');
  WORD.lastIndex = cursor.at;
  const word = WORD.exec(cursor.text)?.[0];
  if (word === undefined) return undefined;
  cursor.at += word.length;
  if (Object.hasOwn(NAMED, word)) return NAMED[word];
  if (takes(cursor, '(')) return calledAt(cursor, word, depth);
  if (takes(cursor, '=')) return valueAt(cursor, depth + 1);
  const value = Number(word);
  return Number.isNaN(value) ? null : value;
}

/** Of `np.float32(0.5)`, `array([0.5], dtype=float32)` and `defaultdict(<class 'list'>, {...})` the value. */
function calledAt(cursor: Cursor, name: string, depth: number): unknown {
  cursor.at--;
  const given = listAt(cursor, ')', depth);
  if (given === undefined) return undefined;
  const values = given.filter((value) => value !== null);
  const value = values.find((one) => typeof one === 'object') ?? values[0] ?? null;
  return name.endsWith('OrderedDict') && isPairs(value) ? Object.fromEntries(value) : value;
}

const isPairs = (value: unknown): value is [string, unknown][] =>
  Array.isArray(value) &&
  value.every((pair) => Array.isArray(pair) && pair.length === 2 && typeof pair[0] === 'string');

function skippedTo(cursor: Cursor, sign: string): null | undefined {
  const end = cursor.text.indexOf(sign, cursor.at);
  if (end < 0) return undefined;
  cursor.at = end + 1;
  return null;
}
