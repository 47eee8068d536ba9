/** One JSON document: Hugging Face's `trainer_state.json`, a list of rows, Keras's `History.history`. */
import { inRow } from '../../contract/words/place.ts';
import { readFile } from 'node:fs/promises';
import { InputError } from '../../contract/words/errors.ts';
import { dialectOf } from '../dialects.ts';
import type { LogFormat } from '../format.ts';
import type { LogTable } from '../log.ts';
import { textHead } from '../source.ts';
import type { LogFile } from '../source.ts';
import { Store } from '../store.ts';
import { objectIn, parsed, withoutBareWords } from './json-lines.ts';

/** JSON has to be read as a whole, which takes several times its size. */
const LARGEST = 2 ** 28;

const KEY = /"((?:[^"\\]|\\.){1,200})"\s*:/g;
const KEY_OF_LIST = /"((?:[^"\\]|\\.){1,200})"\s*:\s*(?:\[|\{\s*"0"\s*:)/g;

type Row = Record<string, unknown>;

/** A document that is no JSON Lines. */
export const jsonFormat: LogFormat = {
  id: 'json',
  namesIn(file) {
    const text = textHead(file);
    if (text === null || !/^\s*[[{]/.test(text)) return null;
    const [first = '', second = ''] = text.trimStart().split('\n', 2);
    const row = first.startsWith('{') ? objectIn(first) : null;
    // An object that ends with its line is JSON Lines, unless it is all there is and holds lists.
    if (row && (second.startsWith('{') || !holdsLists(row))) return null;
    const isRows = text.trimStart().startsWith('[') || text.includes('"log_history"');
    const names = [...text.matchAll(isRows ? KEY : KEY_OF_LIST)].map((match) => match[1]!);
    return names.length > 0 ? [...new Set(names)] : null;
  },
  async read([file], { wanted }) {
    const document = await documentIn(file);
    const { rows, about } = rowsOf(document, file.path);
    const store = new Store(wanted);
    rows.forEach((row, i) => {
      store.row();
      for (const [name, value] of Object.entries(row)) {
        if (typeof value === 'object' && value !== null) continue;
        if (store.name(name)) store.putValue(name, value, () => inRow(file.path, i + 1));
      }
    });
    return store.table({ ...about, where: file.path });
  },
};

const holdsLists = (row: Row): boolean =>
  Object.values(row).some(
    (value) => (Array.isArray(value) && value.length > 0) || (isRow(value) && '0' in value),
  );

async function documentIn({ path, size }: LogFile): Promise<unknown> {
  if (size > LARGEST) {
    throw new InputError('log.jsonTooLarge', { where: path });
  }
  const text = (await readFile(path, 'utf8')).replace(/^\ufeff/, '');
  try {
    return parsed(text) ?? JSON.parse(withoutBareWords(text));
  } catch {
    throw new InputError('log.badJson', { where: path });
  }
}

type About = Pick<LogTable, 'format' | 'zeroIsBefore'>;

function rowsOf(document: unknown, where: string): { rows: Row[]; about: About } {
  if (isRow(document) && Array.isArray(document['log_history'])) {
    // The last entry sums up the whole training and is no epoch.
    const rows = document['log_history'].filter(isRow).filter((row) => !('train_runtime' in row));
    return { rows, about: { format: 'Hugging Face trainer_state.json', zeroIsBefore: true } };
  }
  if (Array.isArray(document)) {
    const rows = document.filter(isRow);
    return { rows, about: dialectOf([...new Set(rows.flatMap(Object.keys))], 'JSON') };
  }
  if (isRow(document)) {
    const rows = fromLists(document);
    if (rows) {
      const { zeroIsBefore } = dialectOf(Object.keys(document), 'JSON');
      return { rows, about: { format: 'JSON (a list a column, as Keras history)', zeroIsBefore } };
    }
  }
  throw new InputError('log.jsonNoLog', { where });
}

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Rows from a list a column, as in `{"loss": [2.1, 1.8], "val_loss": [2.2, 1.9]}`; pandas writes
 * `{"loss": {"0": 2.1, "1": 1.8}}`.
 */
function fromLists(document: Row): Row[] | null {
  const lists = Object.entries(document).flatMap(([name, value]): [string, unknown[]][] => {
    if (Array.isArray(value)) return [[name, value]];
    return isRow(value) && '0' in value ? [[name, Object.values(value)]] : [];
  });
  const length = Math.max(0, ...lists.map(([, list]) => list.length));
  if (length === 0) return null;
  return Array.from({ length }, (_, i) =>
    Object.fromEntries(
      lists.filter(([, list]) => i < list.length).map(([name, list]) => [name, list[i]]),
    ),
  );
}
