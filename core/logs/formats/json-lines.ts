/** JSON Lines: our own `metrics.jsonl`, Weights & Biases' history, anyone's. */
import { inRow } from '../../contract/words/place.ts';
import type { Phrase } from '../../contract/words/phrase.ts';
import { logNote } from '../../contract/words/notes.ts';
import { InputError } from '../../contract/words/errors.ts';
import { dialectOf } from '../dialects.ts';
import type { LogFormat } from '../format.ts';
import { RowShapes } from '../row-shapes.ts';
import { logLines, textHead } from '../source.ts';
import type { LogFile } from '../source.ts';
import { Store } from '../store.ts';

/** An object a line. */
export const jsonLinesFormat: LogFormat = {
  id: 'jsonLines',
  namesIn(file) {
    const text = textHead(file);
    if (text === null || !/^\s*\{/.test(text)) return null;
    const lines = text.split('\n');
    // The last line of the beginning may be cut, unless it is all there is.
    const whole = lines.length > 1 ? lines.slice(0, -1) : lines;
    const names = new Set<string>();
    const reader = new RowShapes();
    for (const line of whole.filter((one) => one.trim() !== '').slice(0, 50)) {
      const row = objectIn(line);
      if (!row) return names.size > 0 ? [...names] : null;
      for (const [name, value] of reader.entriesOf(row)) {
        if (typeof value !== 'object' || value === null) names.add(name);
      }
    }
    return names.size > 0 ? [...names] : null;
  },
  async read([file], { wanted, growing }) {
    const store = new Store(wanted);
    const names = new Set<string>();
    const reader = new RowShapes();
    const lines = numbered(file, growing);
    const notes: Phrase[] = [];
    for await (const { text, number, isLast } of lines) {
      const row = objectIn(text);
      if (!row && !isLast) {
        throw new InputError('log.jsonLine', { where: file.path, number });
      }
      if (!row) {
        // A kill may cut the last line short; anywhere else it is damage.
        notes.push(logNote('shortLine'));
        continue;
      }
      store.row();
      for (const name of Object.keys(row)) names.add(name);
      for (const [name, value] of reader.entriesOf(row)) {
        if (typeof value === 'object' && value !== null) continue;
        if (store.name(name)) store.putValue(name, value, () => inRow(file.path, number));
      }
    }
    const { format, zeroIsBefore } = dialectOf([...names], 'JSON Lines');
    const about = { format: reader.writer ?? format, zeroIsBefore, where: file.path };
    return store.table(about, notes);
  },
};

/** An object in a line, with the bare NaN and Infinity that Python writes; null where it is none. */
export function objectIn(line: string): Record<string, unknown> | null {
  const value = parsed(line) ?? parsed(withoutBareWords(line));
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** The value in a text; null where it is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Python's `json.dump` writes NaN and Infinity bare, which JSON does not know. */
export function withoutBareWords(text: string): string {
  return text.replace(/([:,[]\s*)(NaN|-?Infinity)(?=\s*[,}\]])/g, '$1"$2"');
}

async function* numbered(
  file: LogFile,
  growing: boolean,
): AsyncGenerator<{ text: string; number: number; isLast: boolean }> {
  let before: { text: string; number: number } | null = null;
  let number = 0;
  for await (const text of logLines(file, growing)) {
    number++;
    if (text.trim() === '') continue;
    if (before) yield { ...before, isLast: false };
    before = { text, number };
  }
  if (before) yield { ...before, isLast: true };
}
