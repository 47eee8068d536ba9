/**
 * The recipes of the guide run as they lie there, on stand-ins for the programs that they are for, and what
 * they write is read for what it is. Logs that they wrote in the real programs are read in formats.test.ts.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readLog } from '../../../core/logs/index.ts';
import { FIXTURES, scratch } from './tools.ts';

const { write } = scratch();
const program = join(FIXTURES, '../recipes/try_recipe.py');
const BOTH = ['holdoutAccuracy', 'predictionChanges', 'relativeDistance', 'trainAccuracy'];

test.each([
  ['pytorch', ['holdoutLoss', ...BOTH, 'trainLoss']],
  ['keras', BOTH],
  ['lightning', BOTH],
])('%s', async (name, signals) => {
  const path = write(`${name}.csv`, '');
  const { status, stderr } = spawnSync('python3', ['-B', program, name, path], {
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  const log = await readLog(path);
  const { epoch, ...read } = log.columns;
  expect(epoch).toEqual(['epoch']);
  expect(Object.keys(read).sort()).toEqual([...signals].sort());
  expect(log.rows).toHaveLength(8);
  // The made-up weights move by 1 an epoch, from a norm of the root of 5.
  expect(log.rows.at(-1)!.relativeDistance).toBeCloseTo(8 / Math.sqrt(5), 12);
  expect(log.rows[0]!.predictionChanges).toBeNull();
  expect(log.rows.map((row) => row.predictionChanges).slice(1)).toEqual([0, 1, 0, 1, 0, 1, 0]);
});
