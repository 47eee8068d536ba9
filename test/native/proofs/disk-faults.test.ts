/** A run on a disk that fails, at every call that writes: it opens, goes on and ends as if nothing had been. */
import { sentence } from '../../unit/said.ts';
import { inEnglish } from '../../../core/contract/words/texts.ts';
import { inWords } from '../../../core/contract/words/phrase.ts';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DiskError } from '../../../core/disk/disk-error.ts';
import { beginRun } from '../../../core/runs/begin.ts';
import { executeRun } from '../../../core/runs/execute.ts';
import { checkWhole } from '../../../core/run-folder/check.ts';
import { isRun } from '../../../core/run-folder/stored.ts';
import { runView } from '../../../core/run-folder/views.ts';
import { breakDisk } from '../../unit/disk/faulty-disk.ts';
import type { Fault } from '../../unit/disk/faulty-disk.ts';
import { count, endOf, goOn, smallConfig, temporaryFolder } from './small-run.ts';

const config = smallConfig(count(1, 3));
/** The tests look at every eighth call. */
const STEP = count(8, 1);

const { path: folder, remove } = temporaryFolder();
beforeAll(async () => {
  await executeRun(await beginRun(join(folder, 'whole'), config));
});
afterAll(remove);

/** @returns what a run on the broken disk said */
async function train(run: string): Promise<string | null> {
  try {
    const { problem } = await executeRun(await beginRun(run, config));
    return problem && inWords(problem, inEnglish);
  } catch (error) {
    expect(error).toBeInstanceOf(DiskError);
    return sentence(error);
  }
}

test.each<[Fault, number]>([
  ['ENOSPC', 0],
  ['short', 1],
  ['EIO', 2],
])(
  'a disk that fails by %s, at each call in turn',
  async (fault, first) => {
    const counted = breakDisk(folder, Infinity, fault);
    expect(await train(join(folder, `counted-${fault}`))).toBeNull();
    counted.mend();
    expect(counted.calls.length).toBeGreaterThan(40);
    let [told, resumed] = [0, 0];
    for (let at = first; at < counted.calls.length; at += STEP) {
      const run = join(folder, `${fault}-${at}`);
      const broken = breakDisk(folder, at, fault);
      const problem = await train(run);
      broken.mend();
      const name = `${counted.calls[at]} ${at}`;
      expect(problem, name).toMatch(/(disk is full|disk failed)/);
      expect(problem, name).not.toMatch(/\.part|undefined/);
      told++;
      // The last call makes a summary last that is whole already.
      const isOver = isRun(run) && checkWhole(run).summary?.status === 'finished';
      if (isRun(run) && !isOver) {
        expect(runView(run).row.status, name).toBe('interrupted');
        resumed++;
      }
      await goOn(run, config);
      expect(endOf(run), name).toEqual(endOf(join(folder, 'whole')));
      rmSync(run, { recursive: true });
    }
    process.stdout.write(`${fault}: ${told} faults told, ${resumed} runs resumed, 0 lost\n`);
  },
  600_000,
);
