import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { makeFolder, writeJson } from '../core/disk/write.ts';
import { LANGUAGE_CHOICES } from '../core/protocol/texts.ts';
import { sentenceOf } from './sentence.ts';

const StateSchema = v.object({
  theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system'),
  language: v.optional(v.picklist(LANGUAGE_CHOICES), 'system'),
  bounds: v.optional(
    v.object({ x: v.number(), y: v.number(), width: v.number(), height: v.number() }),
  ),
  maximized: v.optional(v.boolean(), false),
});
/** What the window remembers from one start to the next. */
export type State = v.InferOutput<typeof StateSchema>;
/** The colours the person chose. */
export type Theme = State['theme'];

/** What was remembered; the defaults where nothing readable is there. */
export function readState(path: string): State {
  try {
    return v.parse(StateSchema, JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return v.parse(StateSchema, {});
  }
}

/** Remembers; a disk that takes no more loses the window's place, never the person's work. */
export function writeState(path: string, state: State): void {
  try {
    makeFolder(dirname(path));
    writeJson(path, state);
  } catch (error) {
    process.stderr.write(`The window's place is not remembered: ${sentenceOf(error)}\n`);
  }
}
