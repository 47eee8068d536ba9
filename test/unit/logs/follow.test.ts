/** Following a log that grows: what is told, and when it ends. */
import { appendFileSync } from 'node:fs';
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
