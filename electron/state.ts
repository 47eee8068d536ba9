import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { THEMES } from '../core/contract/messages/messages.ts';
import { LANGUAGE_CHOICES } from '../core/contract/words/texts.ts';
import { keepPlace } from './remember.ts';

const StateSchema = v.object({
  theme: v.optional(v.picklist(THEMES), 'system'),
  language: v.optional(v.picklist(LANGUAGE_CHOICES), 'system'),
  bounds: v.optional(
    v.object({ x: v.number(), y: v.number(), width: v.number(), height: v.number() }),
  ),
  maximized: v.optional(v.boolean(), false),
});
/** What the window remembers from one start to the next. */
export type WindowMemory = v.InferOutput<typeof StateSchema>;

/** What was remembered; the defaults where nothing readable is there. */
export function readState(path: string): WindowMemory {
  try {
    return v.parse(StateSchema, JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return v.parse(StateSchema, {});
  }
}

/** Remembers; a disk that takes no more loses the window's place, never the person's work. */
export function writeState(path: string, state: WindowMemory): void {
  keepPlace(path, state);
}
