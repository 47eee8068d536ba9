/** A process of the core ends for another when it has trained and rests, and never before. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { restAfterRun } from '../../../core/api/rest.ts';
import type { Rest } from '../../../core/api/rest.ts';
import type { Work } from '../../../core/api/handlers.ts';
import type { LabEvent } from '../../../core/contract/messages/events.ts';

const LONG = 60_000;
const event = (name: LabEvent['event']): LabEvent => ({ event: name, id: 'a' }) as LabEvent;

let work: Work;
let over: () => void;
let rest: Rest;
beforeEach(() => {
  vi.useFakeTimers();
  work = { now: null };
  over = vi.fn<() => void>();
  rest = restAfterRun(work, over);
});
afterEach(() => void vi.useRealTimers());

const train = (): void => {
  rest.hear(event('run.started'));
  rest.hear(event('run.ended'));
};

test('after a run, once, when nothing has been asked for a while', async () => {
  train();
  expect(over).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(LONG);
  expect(over).toHaveBeenCalledTimes(1);
});

test('not where nothing was trained', async () => {
  await rest.during(Promise.resolve());
  await vi.advanceTimersByTimeAsync(LONG);
  expect(over).not.toHaveBeenCalled();
});

test('not while a record is followed', async () => {
  train();
  rest.hear(event('run.started'));
  await vi.advanceTimersByTimeAsync(LONG);
  expect(over).not.toHaveBeenCalled();
});

test('not while a request is answered, and some time after it', async () => {
  train();
  let end = (): void => undefined;
  const answer = rest.during(new Promise<void>((resolve) => (end = resolve)));
  await vi.advanceTimersByTimeAsync(LONG);
  expect(over).not.toHaveBeenCalled();
  end();
  await answer;
  expect(over).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(LONG);
  expect(over).toHaveBeenCalledTimes(1);
});

test('not while a figure or an audit is made, but after it', async () => {
  train();
  work.now = 'figure';
  await vi.advanceTimersByTimeAsync(LONG);
  expect(over).not.toHaveBeenCalled();
  work.now = null;
  await vi.advanceTimersByTimeAsync(LONG);
  expect(over).toHaveBeenCalledTimes(1);
});

test('not once there is an audit, which is in memory alone', async () => {
  train();
  rest.hear(event('labels.ended'));
  await vi.advanceTimersByTimeAsync(LONG);
  expect(over).not.toHaveBeenCalled();
});
