/** The script that a queue runs for each run of a sweep's folder. */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../contract/words/errors.ts';
import { writeWhole } from '../disk/write.ts';
import { ownCommand } from '../machine/own-command.ts';

/** Where arrays of Slurm, PBS and SGE tell a task its number. */
const NUMBERS = ['SLURM_ARRAY_TASK_ID', 'PBS_ARRAY_INDEX', 'PBS_ARRAYID', 'SGE_TASK_ID'];

/** Seconds that a task has between the signal that ends it and the end of its time. */
const NOTICE = 60;

/** The number that the queue gives this task; undefined outside of an array. */
export function queuedNumber(env: NodeJS.ProcessEnv): string | undefined {
  // SGE says "undefined" in jobs that are no array.
  return NUMBERS.map((name) => env[name]).find((value) => /^\d+$/.test(value ?? ''));
}

/** @throws InputError where lines of sbatch's options are none */
export function checkSbatch(options: readonly string[]): void {
  const wrong = options.find((line) => /[\r\n]/.test(line) || !line.trim().startsWith('-'));
  if (wrong !== undefined) throw new InputError('sweep.sbatchForm', { given: wrong });
}

/**
 * Writes `task.sh` into a sweep's folder: it trains the run whose number is its argument, or that of
 * the task in its array.
 * @param sweep an absolute path
 * @param options checked lines of sbatch's options, which win over the script's own
 * @returns its path
 * @throws DiskError
 */
export function writeScript(sweep: string, threads: number, options: readonly string[]): string {
  const sbatch = [
    '--ntasks=1',
    `--cpus-per-task=${threads}`,
    // To this process, for the shell has become it.
    `--signal=B:TERM@${NOTICE}`,
    '--requeue',
    '--open-mode=append',
    ...options,
  ];
  const path = join(sweep, 'task.sh');
  const call = [...ownCommand(), 'task', sweep].map(shellWord).join(' ');
  const lines = ['#!/bin/sh', ...sbatch.map((line) => `#SBATCH ${line}`), `exec ${call} "$@"`];
  writeWhole(path, `${lines.join('\n')}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** A word as a shell takes it, whatever is in it. */
const shellWord = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** Numbers as arrays take them, such as `1-3,7`. @param numbers ascending */
export function ranges(numbers: readonly number[]): string {
  const found: [number, number][] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}
