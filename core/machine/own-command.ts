/** How this program is started again: by another machine or a queue, or to print a page. */
import { join } from 'node:path';
import * as v from 'valibot';
import { underElectron } from './channel.ts';

/** A program and its first arguments; what is asked of it comes behind. */
export type CommandLine = [program: string, ...args: string[]];

const CommandLineSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.tupleWithRest([v.pipe(v.string(), v.nonEmpty())], v.string()),
);

/** This command line, by absolute paths. */
export function ownCommand(): CommandLine {
  const app = underElectron ? electronApp() : null;
  return app ?? [process.execPath, join(__dirname, 'cli.cjs')];
}

/** The app in Electron, as whoever started this process told; null where it told none. */
export function electronApp(): CommandLine | null {
  const told = v.safeParse(CommandLineSchema, process.env['LAB_ELECTRON_APP']);
  return told.success ? told.output : null;
}
