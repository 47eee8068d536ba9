/** Slurm's own commands: one job array a sweep, and which of its tasks are still in the queue. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { userInfo } from 'node:os';
import * as v from 'valibot';
import { InputError } from '../contract/words/errors.ts';
import { jsonOf } from '../disk/sealed.ts';
import { makeFolder, writeJson } from '../disk/write.ts';
import { ranges } from './script.ts';

const JobsSchema = v.object({ slurm: v.array(v.string()) });

/** Where the ids of a sweep's job arrays are kept. */
const jobsPath = (sweep: string): string => join(sweep, 'jobs.json');

/** States of tasks that will do something yet: one that is queued again is completing for a while first. */
const WAITING = 'PENDING,CONFIGURING,RUNNING,SUSPENDED,COMPLETING';

/** @throws InputError where Slurm is not on this machine */
export function needSlurm(): void {
  callSlurm('sbatch', ['--version']);
}

/**
 * Submits runs as one job array, and keeps its id in the sweep's folder.
 * @param script the path of its task
 * @param numbers of the runs, ascending
 * @param atOnce how many may run at a time; null where Slurm decides
 * @returns the id of the array
 * @throws InputError with Slurm's own words where it refuses
 */
export function submitArray(
  sweep: string,
  script: string,
  numbers: readonly number[],
  atOnce: number | null,
): string {
  const logs = join(sweep, 'logs');
  makeFolder(logs);
  const most = atOnce === null ? '' : `%${atOnce}`;
  const said = callSlurm('sbatch', [
    '--parsable',
    `--array=${ranges(numbers)}${most}`,
    '--job-name=label-noise-lab',
    // A percent sign begins what Slurm fills in.
    `--output=${join(logs.replaceAll('%', '%%'), '%a.log')}`,
    script,
  ]);
  // Behind a semicolon stands the cluster's name, where there are several.
  const id = said.trim().split(';')[0]!;
  writeJson(jobsPath(sweep), { slurm: [...jobsOf(sweep), id] });
  return id;
}

/** The ids of a sweep's job arrays, oldest first. */
function jobsOf(sweep: string): string[] {
  const path = jobsPath(sweep);
  if (!existsSync(path)) return [];
  const found = v.safeParse(JobsSchema, jsonOf(readFileSync(path, 'utf8')));
  return found.success ? found.output.slurm : [];
}

/**
 * The numbers of a sweep's runs that are in the queue or being trained. The controller tells, so no
 * accounting is needed.
 * @throws InputError where it cannot be asked
 */
export function queuedRuns(sweep: string): Set<number> {
  const jobs = new Set(jobsOf(sweep));
  if (jobs.size === 0) return new Set();
  const said = callSlurm('squeue', [
    '--noheader',
    '--array',
    `--user=${userInfo().uid}`,
    `--states=${WAITING}`,
    '--format=%F %K',
  ]);
  const tasks = said.split('\n').map((line) => line.trim().split(/\s+/));
  return new Set(tasks.flatMap(([job, task]) => (jobs.has(job ?? '') ? [Number(task)] : [])));
}

function callSlurm(program: string, args: string[]): string {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (error) throw new InputError('sweep.noSlurm', { program });
  if (status === 0) return stdout;
  throw new InputError('sweep.slurmRefused', { program, why: stderr.trim().split('\n')[0] });
}
