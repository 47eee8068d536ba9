/** What the window is told of a log by the core. */
import { said } from '../said.ts';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as v from 'valibot';
import { openLog } from '../../../core/api/logs.ts';
import { LogViewSchema } from '../../../core/contract/messages/logs.ts';
import { FIXTURES, scratch } from './tools.ts';

const { write } = scratch();
const open = (path: string, asked = false, columns = {}) =>
  openLog({ path, columns, holdout: 400, asked });

test.each(['keras.csv', 'lightning.csv', 'trainer_state.json', 'torch-tensorboard', 'wandb.jsonl'])(
  '%s is read, judged, and fits the message',
  async (name) => {
    const view = await open(join(FIXTURES, name));
    expect(v.parse(LogViewSchema, view)).toEqual(view);
    expect(view!.problem).toBeNull();
    expect(view!.rows.map(({ at }) => at)).toContain(view!.verdict!.epoch);
  },
);

test('data are no log, and neither is what is not there, unless the person says so', async () => {
  const data = write('data.csv', 'x,y,label\n1,2,a\n');
  expect(await open(data)).toBeNull();
  expect(await open('/nowhere')).toBeNull();
  await expect(open('/nowhere', true)).rejects.toThrow(/does not exist/);
});

test('columns of unknown names are offered to choose from, and read once they are', async () => {
  const path = write('strange.csv', 't,a,test_a\n1,0.5,0.6\n2,0.6,0.7\n3,0.5,0.6\n');
  const view = await open(path, true);
  expect(view).toMatchObject({ available: ['t', 'a'], rows: [], verdict: null });
  expect(said([view!.problem!]).join()).toMatch(/no column with a known name/);
  const chosen = await open(path, true, { epoch: ['t'], holdoutAccuracy: ['a'] });
  expect(chosen!.rows.map(({ holdoutAccuracy }) => holdoutAccuracy)).toEqual([0.5, 0.6, 0.5]);
  expect(chosen!.verdict).not.toBeNull();
});

test('a log of the training part alone has charts, and says why it has no verdict', async () => {
  const view = await open(write('train.csv', 'epoch,train_loss\n1,2\n2,1\n3,0.5\n'));
  expect(view!.rows).toHaveLength(3);
  expect(said([view!.problem!]).join()).toMatch(/training samples only/);
});
