/** Following a log that grows: what is told, and when it ends. */
import { appendFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { follow } from '../../../core/logs/follow.ts';
import type { Happening } from '../../../core/logs/follow.ts';
import { scratch } from './tools.ts';

const { folder } = scratch();

/** A hold-out that rises to epoch 8 and falls, as a program writes it. */
const accuracy = (epoch: number): number => 0.6 - 0.002 * Math.abs(epoch - 8) ** 1.5;

/** Follows a file that `write` adds to whenever the follower pauses. */
async function followed(path: string, write: (pause: number) => void): Promise<Happening[]> {
  let pauses = 0;
  const pause = async () => {
    if (++pauses > 200) throw new Error('It never ends.');
    write(pauses);
  };
  const told: Happening[] = [];
  const options = { holdoutCount: 1000, chance: 0.1, pause };
  for await (const one of follow(path, options)) told.push(one);
  return told;
}

const epochsOf = (told: readonly Happening[]) =>
  told.flatMap((one) => (one.kind === 'epoch' ? [one.epoch] : []));

test('each epoch is told once, in order, until it is past the best', async () => {
  const path = join(folder, 'grows.csv');
  const told = await followed(path, (pause) => {
    if (pause === 2) appendFileSync(path, 'epoch,val_acc\n');
    // A row comes in two parts, as buffers are flushed.
    const epoch = Math.floor((pause - 1) / 2);
    if (pause > 2 && pause % 2 === 1) appendFileSync(path, `${epoch},0.`);
    if (pause > 2 && pause % 2 === 0)
      appendFileSync(path, `${accuracy(epoch).toFixed(4).slice(2)}\n`);
  });
  const [first, second] = told;
  expect(first).toMatchObject({ kind: 'waiting', why: { code: 'errors.log.notThere' } });
  expect(second).toMatchObject({ kind: 'waiting', why: { code: 'errors.log.noEpochs' } });
  const epochs = epochsOf(told);
  expect(epochs).toEqual(epochs.map((_, i) => i + 1));
  expect(epochs.length).toBeLessThan(40);
  const last = told.at(-1)!;
  expect(last).toMatchObject({ kind: 'epoch', stop: true, verdict: { phase: 'past' } });
  const best = last.kind === 'epoch' ? last.verdict!.epoch : 0;
  expect(Math.abs(best - 8)).toBeLessThanOrEqual(3);
});

test('a log that came all at once is judged epoch by epoch', async () => {
  const path = join(folder, 'whole.csv');
  const rows = Array.from({ length: 40 }, (_, i) => `${i + 1},${accuracy(i + 1).toFixed(4)}`);
  appendFileSync(path, `epoch,val_acc\n${rows.join('\n')}\n`);
  const told = await followed(path, () => undefined);
  expect(epochsOf(told).length).toBeLessThan(40);
});

const header = 'epoch,val_acc\n';
const rowOf = (epoch: number, best: number) =>
  `${epoch},${(0.6 - 0.002 * Math.abs(epoch - best) ** 1.5 + best / 1000).toFixed(4)}\n`;
const rowsOf = (from: number, to: number, best: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => rowOf(from + i, best)).join('');

test.each([
  ['written anew', (path: string) => writeFileSync(path, header)],
  ['appended to', (path: string) => appendFileSync(path, header)],
])('a log that is %s began anew: told once, and its verdicts count alone', async (name, begin) => {
  const path = join(folder, `anew ${name}.csv`);
  writeFileSync(path, header + rowsOf(1, 12, 14));
  let epoch = 0;
  const told = await followed(path, () => {
    if (epoch === 0) begin(path);
    epoch++;
    appendFileSync(path, rowOf(epoch, 5));
  });
  const at = told.findIndex(({ kind }) => kind === 'anew');
  expect(told.filter(({ kind }) => kind === 'anew')).toHaveLength(1);
  expect(epochsOf(told.slice(0, at))).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  const anew = epochsOf(told.slice(at));
  expect(anew).toEqual(anew.map((_, i) => i + 1));
  // Five verdicts of the new training agree before it ends.
  const phases = told.slice(at).flatMap((one) => (one.kind === 'epoch' ? [one.verdict] : []));
  expect(phases.slice(-5).every((verdict) => verdict !== null && verdict.chanceAhead < 0.1)).toBe(
    true,
  );
});

test('a shorter training, even one that begins alike, is told of', async () => {
  const path = join(folder, 'shorter.csv');
  writeFileSync(path, header + rowsOf(1, 10, 14));
  const ended = new Error('enough');
  const told: Happening[] = [];
  let pauses = 0;
  const pause = async () => {
    pauses++;
    if (pauses === 1) writeFileSync(path, header + rowsOf(1, 4, 14));
    if (pauses > 6) throw ended;
  };
  const watch = async () => {
    for await (const one of follow(path, { holdoutCount: 0, chance: 0.1, pause })) told.push(one);
  };
  await expect(watch()).rejects.toBe(ended);
  expect(told.map(({ kind }) => kind)).toContain('anew');
  expect(epochsOf(told).slice(-4)).toEqual([1, 2, 3, 4]);
});

test('a file that is written whole each time is no new training', async () => {
  const path = join(folder, 'whole each time.csv');
  let epoch = 2;
  const told = await followed(path, (pause) => {
    // Between two epochs only its beginning is there.
    if (pause % 2 === 1 && epoch > 4) writeFileSync(path, header + rowsOf(1, epoch - 2, 6));
    else writeFileSync(path, header + rowsOf(1, epoch++, 6));
  });
  expect(told.map(({ kind }) => kind)).not.toContain('anew');
});

test('of a finished log that will not end it, that is said, once', async () => {
  const path = join(folder, 'finished.csv');
  writeFileSync(path, header + rowsOf(1, 10, 30));
  utimesSync(path, 1e9, 1e9);
  const ended = new Error('enough');
  const told: Happening[] = [];
  let pauses = 0;
  const pause = async () => {
    if (++pauses > 5) throw ended;
  };
  const watch = async () => {
    for await (const one of follow(path, { holdoutCount: 0, chance: 0.1, pause })) told.push(one);
  };
  await expect(watch()).rejects.toBe(ended);
  expect(told.map(({ kind }) => kind).slice(-2)).toEqual(['epoch', 'quiet']);
  expect(told.filter(({ kind }) => kind === 'quiet')).toHaveLength(1);
});

test.each([
  ['names that say nothing', 'epoch,height\n1,2\n', /no column with a known name/],
  ['test data alone', 'epoch,train_acc,test_acc\n1,0.5,0.5\n', /nothing of a hold-out/],
  ['numbers without names', '1,0.5\n2,0.6\n', /first line holds numbers/],
])('a header that cannot come is not waited for: %s', async (name, text, message) => {
  const path = join(folder, `${name}.csv`);
  writeFileSync(path, text);
  await expect(followed(path, () => undefined)).rejects.toThrow(message);
});

test('a hold-out that is measured later is waited for', async () => {
  const path = join(folder, 'later.csv');
  writeFileSync(path, 'epoch,train_acc,val_acc\n1,0.5,\n');
  const told = await followed(path, (pause) => {
    appendFileSync(path, `${pause + 1},0.6,${accuracy(pause + 1).toFixed(4)}\n`);
  });
  expect(told[0]).toMatchObject({ kind: 'waiting' });
  expect(epochsOf(told).length).toBeGreaterThan(5);
});
