/** A figure that cannot be begun leaves the way free for the next. */
import { said } from '../said.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPaper } from '../../../core/api/paper.ts';
import { figureOf } from '../../../core/figures/index.ts';
import type { Work } from '../../../core/api/handlers.ts';
import type { LabEvent } from '../../../core/contract/messages/events.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-paper-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const settingsOf = (id: string, changes = {}) => ({
  ...figureOf(id).info.sizes[0]!.settings,
  ...changes,
});
const never = () => {
  throw new Error('No process should be started.');
};

test('where its folder cannot be made', async () => {
  const runs = join(folder, 'file');
  writeFileSync(runs, '');
  const work: Work = { now: null };
  const paper = createPaper(runs, () => undefined, work, never);
  const start = () => paper['paper.start']({ id: '3', settings: settingsOf('3') });
  expect(start).toThrow(/a file is in its place/);
  expect(start).toThrow(/a file is in its place/);
  expect(work.now).toBeNull();
});

test('where its settings make no run, which is told', async () => {
  const work: Work = { now: null };
  const events: LabEvent[] = [];
  const paper = createPaper(join(folder, 'runs'), (event) => events.push(event), work, never);
  // A width of a network is a whole number.
  const settings = settingsOf('1', { widths: [1.5, 2, 3] });
  await paper['paper.start']({ id: '1', settings });
  await expect.poll(() => events.at(-1)?.event).toBe('paper.ended');
  const ended = events.at(-1) as Extract<LabEvent, { event: 'paper.ended' }>;
  expect(ended.id).toBe('1');
  expect(said([ended.problem!]).join()).toMatch(/widths/);
  expect(work.now).toBeNull();
});

test('beside a run that trains it is refused', () => {
  const work: Work = { now: 'run' };
  const paper = createPaper(join(folder, 'runs'), () => undefined, work, never);
  const start = () => paper['paper.start']({ id: '3', settings: settingsOf('3') });
  expect(start).toThrow('A run is being trained; stop it or wait until it ends.');
  expect(() => paper['paper.start']({ id: '2', settings: settingsOf('2') })).toThrow(
    /available at once/,
  );
});
