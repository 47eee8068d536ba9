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
