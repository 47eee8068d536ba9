/** Records of trainings elsewhere: what several processes wrote, in any order, becomes one run. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EpochReader } from '../../../core/recorded/epochs.ts';
import { readHead, rowsOfRecord } from '../../../core/recorded/files.ts';
import { openRecord } from '../../../core/runs/open-record.ts';
import { readSamples } from '../../../core/recorded/samples.ts';
import { checkWhole } from '../../../core/run-folder/check.ts';
import { readDynamics, readLabels } from '../../../core/run-folder/read.ts';
import { readRunConfig } from '../../../core/run-folder/stored.ts';
import { runView } from '../../../core/run-folder/views.ts';
import { executeRun } from '../../../core/runs/execute.ts';
import { documentHtml } from '../../../core/report/html.ts';
import { runDocument } from '../../../core/report/run-document.ts';
import { differences } from '../../../core/contract/drawing/epochs/compare.ts';
import { begin, f4, u1, u4, writeArrays, writeEpoch, writeHead, writeRows } from './made.ts';

let folder = '';
let record = '';
let runs = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-record-'));
  record = join(folder, 'record');
  runs = join(folder, 'runs');
  mkdirSync(runs);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const first = () => {
  const head = readHead(record);
  return new EpochReader(record, head, readSamples(record, head)).read(rowsOfRecord(record)[0]!);
};

/** Takes in what is there. @returns the run's folder */
async function takeIn(): Promise<string> {
  const open = openRecord(record, runs);
  const { problem } = await executeRun(open);
  expect(problem).toBeNull();
  return open.run;
}

describe('an epoch', () => {
  test('of several processes is put together by names; what two have counts once', () => {
    writeHead(record, { workers: 2 });
    writeArrays(record, 'samples', {
      train_id: ['b.png', 'd.png', 'a.png'],
      train_given: u1(1, 0, 2),
    });
    writeArrays(record, 'samples.worker-1', {
      train_id: ['c.png', 'a.png'],
      train_given: u1(2, 2),
    });
    writeArrays(record, 'dynamics/epoch-0001', { predicted: u1(1, 2, 0), loss: f4(0.1, 0.2, 0.3) });
    writeArrays(record, 'dynamics/epoch-0001.worker-1', {
      ...{ id: ['a.png', 'c.png'], predicted: u1(2, 1), loss: f4(0.4, 0.5) },
    });
    writeRows(record, [1]);
    const { train } = readSamples(record, readHead(record));
    expect(train.names).toEqual(['a.png', 'b.png', 'c.png', 'd.png']);
    expect([...train.given]).toEqual([2, 1, 2, 0]);
    const { evaluated, record: row } = first();
    expect([...evaluated.classes]).toEqual([2, 1, 1, 2]);
    expect([...evaluated.losses].map((loss) => loss.toFixed(1))).toEqual([
      '0.4',
      '0.1',
      '0.5',
      '0.2',
    ]);
    expect(row).toMatchObject({ epoch: 1, trainAccuracy: 0.5, seconds: 1 });
    expect(row.trainLoss).toBeCloseTo(0.3, 6);
    expect(row.distance).toBeUndefined();
    expect(row.predictionChanges).toBeUndefined();
  });

  test('that leaves samples out keeps what was said last; the unseen are called as their label mostly is', () => {
    writeHead(record);
    writeArrays(record, 'samples', { train_id: u4(1, 2, 3, 4), train_given: u1(0, 0, 0, 1) });
    writeArrays(record, 'dynamics/epoch-0001', {
      id: u4(2, 1),
      predicted: u1(2, 2),
      loss: f4(1, 3),
    });
    writeArrays(record, 'dynamics/epoch-0002', { id: u4(3), predicted: u1(1), loss: f4(5) });
    writeRows(record, [1, 2]);
    const head = readHead(record);
    const reader = new EpochReader(record, head, readSamples(record, head));
    const [one, two] = rowsOfRecord(record);
    const said = reader.read(one!);
    expect([...said.evaluated.classes]).toEqual([2, 2, 2, 1]);
    expect([...said.evaluated.losses.subarray(0, 3)]).toEqual([3, 1, 2]);
    // Of label 1 nothing is known: as good as chance of three classes.
    expect(said.evaluated.losses[3]).toBeCloseTo(Math.log(3), 6);
    expect(reader.unseen).toBe(0.5);
    const next = reader.read(two!);
    expect([...next.evaluated.classes]).toEqual([2, 2, 1, 1]);
    expect(next.record.predictionChanges).toBe(1);
  });

  test('tells chances: what the likeliest classes leave of 1 is shared by the others', () => {
    writeHead(record, { classes: ['a', 'b', 'c', 'd'] });
    writeArrays(record, 'samples', { train_id: u4(7), train_given: u1(0) });
    const told = { predicted: u1(3), loss: f4(1) };
    writeArrays(record, 'dynamics/epoch-0001', told);
    writeRows(record, [1]);
    expect(first().evaluated.probabilities).toBeNull();
    writeArrays(record, 'dynamics/epoch-0001', {
      ...told,
      top_class: { values: Uint16Array.of(3, 1), shape: [1, 2] },
      top_probability: { values: Uint16Array.of(39321, 13107), shape: [1, 2] },
    });
    const chances = [...first().evaluated.probabilities!];
    expect(chances.map((chance) => chance.toFixed(3))).toEqual([
      '0.100',
      '0.200',
      '0.100',
      '0.600',
    ]);
  });
});

describe('a record as a run', () => {
  test('is opened, goes on where it was, and ends', async () => {
    begin(record, { epochs: 4 });
    for (const [i, said] of [
      [0, 0, 0, 0, 0, 0],
      [0, 1, 2, 0, 1, 0],
      [0, 1, 2, 0, 1, 2],
    ].entries()) {
      writeEpoch(record, i + 1, said);
    }
    writeRows(record, [1, 2], { testAccuracy: 0.25 });
    const run = await takeIn();
    expect(checkWhole(run)).toMatchObject({ damage: null, summary: { status: 'stopped' } });
    const view = runView(run);
    expect(view).toMatchObject({ network: null, trainCount: 6, holdoutCount: 2, wall: [] });
    expect(view.row).toMatchObject({
      config: null,
      name: 'A record',
      lastEpoch: 2,
      testLast: 0.25,
    });
    expect(view.epochs.map(({ record: row }) => row.predictionChanges)).toEqual([undefined, 3]);
    writeRows(record, [1, 2, 3]);
    writeHead(record, { epochs: 4, ended: '2026-11-29T13:00:00.000Z' });
    expect(await takeIn()).toBe(run);
    const { rows, summary } = checkWhole(run);
    expect(rows.map((row) => row.epoch)).toEqual([1, 2, 3]);
    expect(rows[2]!.predictionChanges).toBe(1);
    expect(summary!.status).toBe('finished');
    expect(await takeIn()).toBe(run);
    expect(checkWhole(run).rows).toEqual(rows);
  });

  test('is reported and compared without what nobody knows', async () => {
    begin(record);
    for (const number of [1, 2, 3]) writeEpoch(record, number, [number - 1, 1, 2, 0, 1, 2]);
    writeRows(record, [1, 2, 3]);
    const view = runView(await takeIn());
    const html = documentHtml(runDocument(view, { created: view.row.created, versions: {} }, 'en'));
    expect(html).toContain('Accuracy while training');
    expect(html).toContain('By hand');
    for (const unknown of ['Distance from initialization', 'Versions', 'undefined', 'NaN']) {
      expect(html).not.toContain(unknown);
    }
    const other = {
      ...view,
      row: { ...view.row, recorded: { ...view.row.recorded!, during: true } },
    };
    expect(differences([view, other])).toEqual([{ field: 'during', values: ['false', 'true'] }]);
  });

  test('goes back with a training that went on from a checkpoint', async () => {
    begin(record);
    for (const number of [1, 2, 3]) writeEpoch(record, number, [number - 1, 1, 2, 0, 1, 2]);
    writeRows(record, [1, 2, 3]);
    const run = await takeIn();
    writeEpoch(record, 2, [2, 2, 2, 2, 2, 2]);
    writeFileSync(
      join(record, 'metrics.jsonl'),
      [1, 2, 3, 2].map((number) => `${JSON.stringify({ epoch: number })}\n`).join(''),
    );
    expect(await takeIn()).toBe(run);
    expect(checkWhole(run).rows.map((row) => row.epoch)).toEqual([1, 2]);
    expect([...readDynamics(run, 2).predicted]).toEqual([2, 2, 2, 2, 2, 2]);
  });

  test('whose samples are others by now leaves the run that was made of them', async () => {
    begin(record);
    writeEpoch(record, 1, [0, 1, 2, 0, 1, 2]);
    writeRows(record, [1]);
    const run = await takeIn();
    writeArrays(record, 'samples', {
      ...{ train_id: u4(10, 11, 12, 13, 14, 15), train_given: u1(0, 1, 2, 0, 1, 0) },
      ...{ holdout_id: u4(3, 4), holdout_given: u1(1, 2) },
    });
    const other = await takeIn();
    expect(other).not.toBe(run);
    expect([...readLabels(run).given]).toEqual([0, 1, 2, 0, 1, 2]);
    expect([...readLabels(other).given]).toEqual([0, 1, 2, 0, 1, 0]);
    expect([...readLabels(run).trainIndex]).toEqual([10, 11, 12, 13, 14, 15]);
  });

  test('is followed while it grows, and an epoch that is not whole yet is waited for', async () => {
    begin(record, { workers: 1, epochs: 3 });
    writeEpoch(record, 1, [0, 1, 2, 0, 1, 2]);
    writeRows(record, [1, 2]);
    const seen: number[] = [];
    const open = openRecord(record, runs, { follow: true });
    const summary = await executeRun(open, {
      epoch({ record: row }) {
        seen.push(row.epoch);
        if (row.epoch === 1) setTimeout(() => writeEpoch(record, 2, [0, 1, 2, 0, 1, 1]), 50);
        if (row.epoch === 2) {
          setTimeout(() => {
            writeEpoch(record, 3, [0, 1, 2, 0, 1, 0]);
            writeRows(record, [1, 2, 3]);
            writeHead(record, { epochs: 3, ended: '2026-11-29T13:00:00.000Z' });
          }, 50);
        }
      },
    });
    expect(seen).toEqual([1, 2, 3]);
    expect(summary.status).toBe('finished');
  });

  test('that has lost an epoch says which', async () => {
    begin(record);
    for (const number of [1, 2, 4])
      writeEpoch(
        record,
        number,
        [number - 1, 1, 2, 0, 1, 2].map((c) => c % 3),
      );
    writeRows(record, [1, 2, 3, 4]);
    const open = openRecord(record, runs);
    const { problem, status } = await executeRun(open);
    expect(problem).toMatchObject({ code: 'errors.record.epochLost', values: { epoch: 3 } });
    expect(status).toBe('failed');
  });

  test('notes of it say what a reader must know', async () => {
    writeHead(record, { during: true });
    writeArrays(record, 'samples', { train_id: u4(0, 1, 2, 3), train_given: u1(0, 1, 2, 0) });
    writeArrays(record, 'dynamics/epoch-0001', { id: u4(0), predicted: u1(0), loss: f4(1) });
    writeRows(record, [1]);
    const { inferred } = readRunConfig(await takeIn());
    expect(inferred.map(({ code }) => code.split('.').at(-1))).toEqual([
      ...['recordDuring', 'recordUnseen', 'recordNoHoldout'],
    ]);
    expect(inferred[1]!.values).toEqual({ share: '75%' });
  });
});
