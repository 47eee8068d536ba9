/** Keeps a figure that was computed in one go, so that it is there when it is opened again. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { FigureViewSchema } from '../contract/messages/figures.ts';
import { writeJson } from '../disk/write.ts';
import { NOTHING } from './figure.ts';
import type { Drawn } from './figure.ts';

const DrawnSchema = v.pick(FigureViewSchema, ['state', 'panels', 'facts', 'findings']);
const fileOf = (folder: string) => join(folder, 'drawn.json');

/** What was kept; nothing where the file is missing, or is another version's. */
export function readDrawn(folder: string): Drawn {
  const path = fileOf(folder);
  if (!existsSync(path)) return NOTHING;
  try {
    return v.parse(DrawnSchema, JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // It can be made again, which is better than a figure that cannot be opened.
    return NOTHING;
  }
}

/** Keeps what is complete. */
export function writeDrawn(folder: string, drawn: Drawn): void {
  writeJson(fileOf(folder), drawn);
}
