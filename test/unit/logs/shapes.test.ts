/** Logs in the shapes in which trainings leave them: each is read, and for what a person takes it. */
import { expect, test } from 'vitest';
import { verdictOfLog } from '../../../core/logs/verdict.ts';
import { readLog } from '../../../core/logs/index.ts';
import { CURVE } from './curve.ts';
import { DOCUMENT_CASES } from './document-cases.ts';
import { FOUND_CASES } from './found-cases.ts';
import { KIND_CASES } from './kind-cases.ts';
import { MORE_CASES } from './more-cases.ts';
import { NAME_CASES } from './name-cases.ts';
import { TABLE_CASES } from './table-cases.ts';
import { TEXT_CASES } from './text-cases.ts';
import { scratch } from './tools.ts';

const { write } = scratch();
/** Where hold-out accuracy is best, and where hold-out loss is least: rows of the curve. */
const BEST = { accuracy: 9, loss: 8 };

test.each([
  ...TEXT_CASES,
  ...NAME_CASES,
  ...TABLE_CASES,
  ...DOCUMENT_CASES,
  ...MORE_CASES,
  ...FOUND_CASES,
  ...KIND_CASES,
])('$name', async ({ text, columns, first = '1', format, by, file }) => {
  const log = await readLog(write(file ?? 'log.txt', text));
  const { epoch: _, step: __, ...signals } = log.columns;
  const joined = Object.entries(signals).map(([role, names]) => [role, names?.join('+')]);
  expect(Object.fromEntries(joined)).toEqual(columns);
  expect(log.rows).toHaveLength(CURVE.length);
  expect(log.names[0]).toBe(first);
  if (format) expect(log.format).toMatch(format);
  const verdict = verdictOfLog(log, 0)!;
  const best = Number(first) - 1 + (by === 'loss' ? BEST.loss : BEST.accuracy);
  expect(Math.abs(verdict.epoch - best)).toBeLessThanOrEqual(3);
});
