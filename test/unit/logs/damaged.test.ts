/** Damaged logs are refused in one sentence, or give sound rows; and so does their verdict. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { randomOf } from '../../../core/random.ts';
import { InputError } from '../../../core/contract/words/errors.ts';
import { readLog } from '../../../core/logs/index.ts';
import { verdictOfLog } from '../../../core/logs/verdict.ts';
import { mutate } from '../../fuzz/mutate.ts';
import { FIXTURES, scratch } from './tools.ts';

const { write } = scratch();
const COUNT = Number(process.env['LAB_FUZZ'] ?? 40);

async function check(path: string): Promise<void> {
  try {
    const log = await readLog(path);
    log.rows.forEach(({ epoch, holdoutAccuracy }, i) => {
      expect(Number.isInteger(epoch)).toBe(true);
      expect(epoch).toBeGreaterThan(i === 0 ? -1 : log.rows[i - 1]!.epoch);
      expect(holdoutAccuracy ?? 0).toBeGreaterThanOrEqual(0);
      expect(holdoutAccuracy ?? 0).toBeLessThanOrEqual(1.5);
    });
    verdictOfLog(log, 400);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect(error.message.length).toBeLessThan(900);
  }
}

test.each([
  'keras.csv',
  'lightning.csv',
  'trainer_state.json',
  'wandb.jsonl',
  'keras-history.json',
  'torch-tensorboard/events.out.tfevents.0',
])(
  '%s',
  async (name) => {
    const bytes = readFileSync(join(FIXTURES, name));
    for (let number = 0; number < COUNT; number++) {
      await check(write('damaged', mutate(bytes, randomOf(number, `damage ${name}`))));
    }
  },
  600_000,
);
