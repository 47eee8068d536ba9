/** Short files of separated values, which people make and hand in. */
import { readFileSync } from 'node:fs';
import { InputError, named } from '../contract/words/errors.ts';
import { csvRows } from './read.ts';

/** The rows of a file, blank ones left out, cells trimmed. @throws InputError where it cannot be read */
export function csvRowsIn(path: string): ReturnType<typeof csvRows> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw named(error, path);
  }
  try {
    return csvRows(text);
  } catch {
    throw new InputError('corrections.quotes', { where: path });
  }
}
