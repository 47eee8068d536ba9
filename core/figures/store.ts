/** Where a figure keeps what it is made from: a folder for each set of settings. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { threadsInUse } from '../engine/tensorflow.ts';
import { cores } from '../machine/cores.ts';
import type { FigureSettings } from '../contract/messages/figures.ts';
import { makeFolder, writeJson } from '../disk/write.ts';
import { versions } from '../engine/versions.ts';

/** The folder of a figure with these settings, among the runs; other settings have another one. */
export function figureFolder(runs: string, id: string, settings: FigureSettings): string {
  const hash = createHash('sha256').update(JSON.stringify(settings)).digest('hex');
  return join(runs, 'figures', `${id}-${hash.slice(0, 10)}`);
}

/** Writes what a figure is made by, so that the folder explains itself. */
export function writeSettings(folder: string, id: string, settings: FigureSettings): void {
  const threads = threadsInUse() ?? cores();
  makeFolder(folder);
  writeJson(join(folder, 'figure.json'), { figure: id, settings, threads, versions: versions() });
}
