/** The core's process, spoken to as the main process does. */
import type { Phrase } from '../../core/contract/words/phrase.ts';
import { said } from '../unit/said.ts';
import { fork } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const CORE = join(__dirname, '../../dist/core/process.cjs');
let runs: string;
beforeAll(() => {
  runs = mkdtempSync(join(tmpdir(), 'label-noise-lab-process-'));
});
afterAll(() => rmSync(runs, { recursive: true, force: true }));

/** Starts a core, asks it, and ends it. */
async function ask(args: string[], ...requests: object[]): Promise<unknown[]> {
  const child = fork(CORE, [runs, ...args], { silent: true });
  const heard: unknown[] = [];
  await new Promise<void>((resolve) => {
    child.on('message', (message: object) => {
      if ('event' in message) return;
      heard.push(message);
      if (heard.length === requests.length) resolve();
    });
    for (const request of requests) child.send(request);
  });
  child.kill();
  return heard;
}

const info = { id: 1, method: 'core.info', params: {} };

test('what was deleted outlives a crash of the core, and goes when the lab is opened anew', async () => {
  const deleted = join(runs, '.trash', 'a-run');
  mkdirSync(deleted, { recursive: true });
  await ask([], info);
  expect(existsSync(deleted)).toBe(true);
  await ask(['--empty-trash'], info);
  expect(existsSync(deleted)).toBe(false);
});

test('every message is checked, and what is wrong is told in one sentence', async () => {
  const answers = await ask(
    [],
    { id: 1, method: 'core.info', params: { extra: 1 } },
    { id: 2, method: 'run.open', params: { id: '../elsewhere' } },
    { id: 3, method: 'eval', params: {} },
    { id: 4, method: 'run.pause', params: { id: 'nothing' } },
    { id: 5, method: 'host.info', params: {} },
  );
  const errors = answers.map((answer) => said([(answer as { error: Phrase }).error]).join());
  expect(errors.every((error) => error !== '' && !error.includes('\n'))).toBe(true);
  expect(errors[1]).toMatch(/a run id/);
  expect(errors[3]).toMatch(/not being trained now/);
});
