/** A review written by one lab and read by another. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readReview } from '../../../core/audit/review-file.ts';
import { writeLabels } from '../../../core/audit/write.ts';
import type { Decision } from '../../../core/contract/messages/labels.ts';
import type { Dataset } from '../../../core/data/index.ts';
import { openWith, scratch } from '../data/files.ts';
import { auditOf, decidedBy } from './audited.ts';

const { folder, write } = scratch();
const NAMES = ['red, dark', 'green "x"', 'כחול'];
const cell = (name: string) => `"${name.replaceAll('"', '""')}"`;
const text = Array.from({ length: 12 }, (_, i) => `${i},${cell(NAMES[i % 3]!)}`).join('\n');
const source = write('rows.csv', Buffer.from(`a,label\n${text}\n`));
const audit = auditOf((await openWith(source)) as unknown as Dataset, source);
const to = (label: number): Decision => ({ choice: 'class', class: label });
const made: Record<string, Record<number, Decision>> = {
  Ada: { 0: to(1), 2: { choice: 'remove' }, 5: to(audit.rows[5]!.given) },
  'Ben, "B"': { 0: to(0), 7: { choice: 'unsure' } },
};

const HEAD = 'part,index,id,given,decision,label,reviewer';
/** The row of a sample, of which some cells are others. */
function line(row: number, others: Partial<Record<string, string>> = {}): string {
  const { part, index, id, given } = audit.rows[row]!;
  const cells: Record<string, string> = {
    ...{ part, index: String(index), id, given: audit.classes[given]! },
    ...{ decision: 'changed', label: NAMES[0]!, reviewer: 'Ada' },
  };
  return Object.entries(cells)
    .map(([name, value]) => cell(others[name] ?? value))
    .join(',');
}
const reviewIn = (...lines: string[]) =>
  readReview(write('review.csv', Buffer.from(lines.join('\n'))), audit);

describe('a review', () => {
  test('is read as it was written', async () => {
    const path = join(folder, 'review.csv');
    await writeLabels('review', path, decidedBy(audit, made));
    expect(readFileSync(path, 'utf8').split('\n')[0]).toBe(HEAD);
    const expected = audit.rows.flatMap(({ part, index }, i) =>
      Object.entries(made).flatMap(([reviewer, all]) =>
        all[i] ? [{ reviewer, part, index, decision: all[i] }] : [],
      ),
    );
    expect(readReview(path, audit)).toEqual(expected);
  });

  test('may have its columns in another order, and a sample decided by two', () => {
    const { part, index, id, given } = audit.rows[3]!;
    const cells = [part, index, id, cell(audit.classes[given]!)].join(',');
    const read = reviewIn(
      'reviewer,decision,label,part,index,id,given,remark',
      `Ada,Removed,,${cells},hm`,
      `Ben,unsure,,${cells},`,
    );
    expect(read).toEqual([
      { reviewer: 'Ada', part, index, decision: { choice: 'remove' } },
      { reviewer: 'Ben', part, index, decision: { choice: 'unsure' } },
    ]);
  });

  test.each<[string, string[], RegExp]>([
    ['other columns', ['id,label', '1,red'], /has the columns id, label; a review needs part, /],
    ['nothing', [''], /has the columns ; a review needs/],
    ['an unknown place', [HEAD, line(0, { index: '99' })], /row 2: there is no sample train 99/],
    ['an unknown part', [HEAD, line(0, { part: 'dev' })], /row 2: there is no sample dev /],
    ['another sample', [HEAD, line(0, { id: '77' })], /row 2: the sample 77 with the label/],
    ['another given label', [HEAD, line(0, { given: 'pink' })], /with the label pink is/],
    [
      'an unknown class',
      [HEAD, line(0), line(1, { label: 'pink' })],
      /row 3: the label pink is none of/,
    ],
    ['no class', [HEAD, line(0, { label: '' })], /row 2: the label {2}is none of/],
    [
      'an unknown decision',
      [HEAD, line(0, { decision: 'yes' })],
      /row 2: the decision is yes; it must be one of accepted, kept/,
    ],
    [
      'no reviewer',
      [HEAD, line(0, { reviewer: ' ' })],
      /row 2: the name of the reviewer must have 1 to 60/,
    ],
    ['a double', [HEAD, line(0), line(0)], /row 3: Ada decides about the sample \d+ a second time/],
    ['an open quote', [HEAD, 'train,0,"1'], /a quote is opened but not closed/],
  ])('with %s is refused in one sentence', (_, lines, message) => {
    const read = () => reviewIn(...lines);
    expect(read).toThrow(message);
    expect(read).toThrow(/^[^\n]*$/);
  });

  test('that is not there is refused', () => {
    expect(() => readReview(join(folder, 'none.csv'), audit)).toThrow(/none\.csv/);
  });
});
