/** One JSON document: Hugging Face's `trainer_state.json`, rows, Keras's `History.history`, `evals_result`. */
import { InputError } from '../../contract/words/errors.ts';
import { documentTable } from '../document.ts';
import type { LogFormat } from '../format.ts';
import { logIn } from '../json-shapes.ts';
import { pythonValue } from '../python-literal.ts';
import { textHead, wholeText } from '../source.ts';
import type { LogFile } from '../source.ts';
import { objectIn, parsed, withoutBareWords } from './json-lines.ts';

const KEY = /"((?:[^"\\]|\\.){1,200})"\s*:/g;
const KEY_OF_LIST = /"((?:[^"\\]|\\.){1,200})"\s*:\s*(?:\[|\{\s*"0"\s*:)/g;

/** A document that was written as a string, as `json.dump(str(history.history), file)` does. */
const QUOTED = /^\s*"\s*[[{]/;

/** A document that is no JSON Lines. */
export const jsonFormat: LogFormat = {
  id: 'json',
  namesIn(file) {
    const text = textHead(file);
    if (text === null) return null;
    if (QUOTED.test(text)) return namesOf(unquoted(parsed(text)));
    if (!/^\s*[[{]\s*(["[{\]}]|$)/.test(text)) return null;
    const [first = '', second = ''] = text.trimStart().split('\n', 2);
    const row = first.startsWith('{') ? objectIn(first) : null;
    // An object that ends with its line is JSON Lines, unless it is all there is and holds more of them.
    if (row && (second.startsWith('{') || !holdsMore(row))) return null;
    const document = parsed(text) ?? parsed(withoutBareWords(text));
    if (document !== null) return namesOf(document);
    // What is cut short here says by its lists whether it may be a log.
    const names = [...text.matchAll(text.includes('"log_history"') ? KEY : KEY_OF_LIST)];
    return [...new Set(names.map((match) => match[1]!))];
  },
  async read([file], { wanted }) {
    return documentTable(await documentIn(file), file.path, wanted, 'JSON');
  },
};

function namesOf(document: unknown): string[] {
  const { rows } = logIn(document) ?? { rows: [] };
  return [...new Set(rows.flatMap(Object.keys))];
}

/** What a string holds, where it is a document in itself. */
const unquoted = (document: unknown): unknown =>
  typeof document === 'string'
    ? (parsed(withoutBareWords(document)) ?? pythonValue(document))
    : document;

const holdsMore = (row: Record<string, unknown>): boolean =>
  Object.values(row).some((value) => typeof value === 'object' && value !== null);

async function documentIn(file: LogFile): Promise<unknown> {
  const text = (await wholeText(file)).replace(/^\ufeff/, '');
  try {
    return unquoted(parsed(text) ?? JSON.parse(withoutBareWords(text)));
  } catch {
    throw new InputError('log.badJson', { where: file.path });
  }
}
