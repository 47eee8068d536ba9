import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { PrintJob } from './print.ts';

/** What the command line and the environment ask for. */
export interface Options {
  /** Named by the person; null for the usual place. */
  runsFolder: string | null;
  /** Where the main job writes its report and picture; null for an ordinary window. */
  mainJobFolder: string | null;
  /** A page to print as PDF, and nothing else; null for all else. */
  print: PrintJob | null;
  printTiming: boolean;
  /** Steered by a program: nothing may wait for a person's answer. */
  unattended: boolean;
  /** Answer to the open dialog when unattended. */
  openPath: string | null;
  /** Answer to the save dialog when unattended. */
  savePath: string | null;
}

/** Reads the options; flags of Chromium on the same command line are left alone. */
export function readOptions(argv: string[], env: NodeJS.ProcessEnv): Options {
  const { values } = parseArgs({
    args: argv.slice(1),
    strict: false,
    allowPositionals: true,
    options: {
      runs: { type: 'string' },
      out: { type: 'string' },
      'main-job': { type: 'boolean' },
      print: { type: 'string' },
      'print-timing': { type: 'boolean' },
    },
  });
  const runs = typeof values.runs === 'string' ? values.runs : env['LABEL_NOISE_LAB_RUNS'];
  const out = typeof values.out === 'string' ? values.out : 'output';
  const mainJob = values['main-job'] === true;
  const { print } = values;
  return {
    print: typeof print === 'string' ? { page: resolve(print), path: resolve(out) } : null,
    runsFolder: runs ? resolve(withHome(runs)) : null,
    mainJobFolder: mainJob ? resolve(out) : null,
    printTiming: values['print-timing'] === true,
    unattended: mainJob || env['LAB_E2E'] === '1',
    // Read when it is asked for: a program may open one file after another.
    get openPath() {
      return env['LAB_OPEN_PATH'] ?? null;
    },
    get savePath() {
      return env['LAB_SAVE_PATH'] ?? null;
    },
  };
}

const withHome = (path: string): string =>
  path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;

/** Switches of Chromium that a launcher or a person puts before the command. */
const HOST =
  /^--(headless|no-sandbox|log-level|inspect|ozone-|enable-|disable-|use-|user-data-dir)/;
/** What begins a command line without naming a command. */
const FIRST = /^(-h|--help|-V|--version|--language(=.*)?|--json)$/;

/** What the arguments say: a command of the command line, or the window and perhaps a file for it. */
export type Wanted = { command: string[] } | { file: string | null };

/**
 * Tells the command line from the window: a word, or a question such as `--help`, is a command; a
 * file's path opens the window on it, as does nothing at all.
 * @param argv of the process: the executable, in a clone the app's folder, and the arguments
 * @param isPackaged whether no folder is named
 */
export function readWanted(argv: readonly string[], isPackaged: boolean): Wanted {
  const all = argv.slice(1);
  const folder = isPackaged ? -1 : all.findIndex((arg) => !arg.startsWith('-'));
  const args = all.slice(folder + 1);
  const begin = args.findIndex((arg) => !HOST.test(arg));
  const [first] = begin < 0 ? [] : args.slice(begin);
  if (first === undefined) return { file: null };
  if (FIRST.test(first) || /^[a-z]+$/.test(first)) return { command: args.slice(begin) };
  if (first.startsWith('-')) return { file: null };
  return existsSync(first) ? { file: resolve(first) } : { command: args.slice(begin) };
}
