/** Records that are damaged or wrong: told in one sentence, believed in no bit. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InputError } from '../../../core/contract/words/errors.ts';
import { EpochReader } from '../../../core/recorded/epochs.ts';
import { readHead, rowsOfRecord } from '../../../core/recorded/files.ts';
import { readSamples } from '../../../core/recorded/samples.ts';
import { begin, f4, u1, u4, writeArrays, writeEpoch, writeHead, writeRows } from './made.ts';

let folder = '';
let record = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-record-'));
  record = join(folder, 'record');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const first = () => {
  const head = readHead(record);
  return new EpochReader(record, head, readSamples(record, head)).read(rowsOfRecord(record)[0]!);
};

describe('what cannot be read is told in one sentence', () => {
  const refused = (): string => {
    try {
      first();
    } catch (error) {
      if (error instanceof InputError) return error.message;
      throw error;
    }
    return '';
  };

  test.each([
    [
      'a class that there is not',
      () => writeEpoch(record, 1, [0, 1, 3, 0, 1, 2]),
      /Value 2 of the array predicted/,
    ],
    ['too few values', () => writeEpoch(record, 1, [0, 1]), /predicted.*does not fit/],
    [
      'a stranger',
      () =>
        writeArrays(record, 'dynamics/epoch-0001', { id: u4(99), predicted: u1(0), loss: f4(0) }),
      /“99”, which is not among/,
    ],
    [
      'no loss',
      () => writeArrays(record, 'dynamics/epoch-0001', { predicted: u1(0, 0, 0, 0, 0, 0) }),
      /no array loss/,
    ],
    ['a gap', () => writeRows(record, [1, 3]), /Epoch 2 is missing/],
    [
      'a damaged row',
      () => writeFileSync(join(record, 'metrics.jsonl'), '{"epoch": 1}\n{"epo\n'),
      /Line 2/,
    ],
    ['a newer version', () => writeHead(record, { version: 2 }), /newer recorder/],
    ['a wrong head', () => writeHead(record, { classes: ['one'] }), /classes is wrong/],
  ] as [string, () => void, RegExp][])('%s', (_, damage, said) => {
    begin(record);
    writeEpoch(record, 1, [0, 1, 2, 0, 1, 2]);
    writeRows(record, [1]);
    expect(refused()).toBe('');
    damage();
    expect(refused()).toMatch(said);
  });

  test('no bit of a damaged file is believed, and none ends the process', () => {
    begin(record);
    writeEpoch(record, 1, [0, 1, 2, 0, 1, 2]);
    writeRows(record, [1]);
    const path = join(record, 'dynamics', 'epoch-0001.npz');
    const whole = readFileSync(path);
    const good = JSON.stringify(first());
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = Buffer.from(whole);
        damaged[at]! ^= flip;
        writeFileSync(path, damaged);
        const said = refused();
        writeFileSync(path, damaged);
        // A byte that nothing is read from may change: dates and padding.
        if (said === '') expect(JSON.stringify(first())).toBe(good);
      }),
      { numRuns: 300 },
    );
  });
});
