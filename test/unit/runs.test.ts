import { said } from './said.ts';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presets } from '../../core/kinds/presets.ts';
import type { EpochRecord } from '../../core/contract/messages/records.ts';
import { keepModel, pruneCheckpoints } from '../../core/run-folder/checkpoints.ts';
import { paths } from '../../core/run-folder/files.ts';
import { writeWhole } from '../../core/disk/write.ts';
import { listRuns } from '../../core/run-folder/list.ts';
import { isLocked, lockFolder } from '../../core/run-folder/lock.ts';
import { readNpz, writeNpz } from '../../core/run-folder/npz.ts';
import { readMetrics } from '../../core/run-folder/check.ts';
import { readSafetensors, writeSafetensors } from '../../core/run-folder/safetensors.ts';
import { newRunId } from '../../core/run-folder/write.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-unit-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const row = (epoch: number): EpochRecord => ({
  epoch,
  trainLoss: 1,
  trainAccuracy: 0.5,
  distance: epoch,
  relativeDistance: epoch / 10,
  distanceByLayer: { output: epoch },
  seconds: 0.1,
});

function makeRun(name: string, epochs: number): string {
  const run = join(folder, name);
  mkdirSync(run, { recursive: true });
  const config = { ...presets()[0]!.config, name };
  const stored = {
    config,
    created: '2026-01-01T00:00:00Z',
    classes: ['0', '1'],
    shape: [2, 2, 1],
    versions: {},
  };
  writeFileSync(paths.config(run), JSON.stringify(stored));
  for (let e = 0; e <= epochs; e++)
    appendFileSync(paths.metrics(run), `${JSON.stringify(row(e))}\n`);
  return run;
}

describe('npz', () => {
  test('gives back what was written', () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.float32Array({ noNaN: true }),
        fc.uint32Array(),
        (a, b, c) => {
          const bytes = writeNpz({ a, b, c });
          expect(readNpz(bytes, 'file')).toEqual({ a, b, c });
        },
      ),
    );
  });

  test('has the header that NumPy documents', () => {
    const zip = Buffer.from(writeNpz({ x: Float32Array.of(1, 2) }));
    const at = zip.indexOf('\x93NUMPY', 0, 'latin1');
    const length = zip.readUInt16LE(at + 8);
    expect((length + 10) % 64).toBe(0);
    expect(zip.toString('latin1', at + 10, at + 10 + length)).toMatch(
      /^\{'descr': '<f4', 'fortran_order': False, 'shape': \(2,\), \} *\n$/,
    );
  });

  test('damage is refused in one sentence', () => {
    const good = writeNpz({ x: Float32Array.of(1, 2) });
    expect(() => readNpz(good.subarray(0, 40), 'a.npz')).toThrow(/a\.npz is damaged/);
    expect(() => readNpz(Buffer.from('not a zip'), 'a.npz')).toThrow(/damaged/);
  });
});

describe('safetensors', () => {
  const state = new Map([
    ['a/kernel', { shape: [2, 3], data: Float32Array.from([1, 2, 3, 4, 5, 6]) }],
    ['a/bias', { shape: [], data: Float32Array.of(0.5) }],
  ]);

  test('gives back what was written', () => {
    const bytes = writeSafetensors(state, { epoch: '3' });
    expect(readSafetensors(bytes, 'file')).toEqual(state);
    const length = Number(bytes.readBigUInt64LE(0));
    expect(length % 8).toBe(0);
    expect(JSON.parse(bytes.toString('utf8', 8, 8 + length))).toMatchObject({
      __metadata__: { epoch: '3' },
      'a/kernel': { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] },
    });
  });

  test('whatever the bytes, it throws one sentence or gives tensors that fit', () => {
    const good = writeSafetensors(state, {});
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, byte, cut) => {
        const bad = Buffer.from(good.subarray(0, cut));
        if (at < bad.length) bad[at] = byte;
        try {
          for (const { shape, data } of readSafetensors(bad, 'x').values()) {
            expect(shape.reduce((a, b) => a * b, 1)).toBe(data.length);
          }
        } catch (error) {
          expect(String(error)).toMatch(/InputError: x is damaged/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a run folder', () => {
  test('with a torn last line opens without it', () => {
    const run = makeRun('torn', 3);
    appendFileSync(paths.metrics(run), JSON.stringify(row(4)).slice(0, 30));
    expect(readMetrics(run).map((r) => r.epoch)).toEqual([0, 1, 2, 3]);
    expect(listRuns(folder).rows.find((r) => r.id === 'torn')).toMatchObject({
      status: 'interrupted',
      lastEpoch: 3,
    });
  });

  test('with a damaged config is told, and the others are listed', () => {
    makeRun('fine', 2);
    const run = makeRun('damaged', 2);
    writeFileSync(paths.config(run), '{"config": 1}');
    const { rows, problem } = listRuns(folder);
    expect(rows.map((r) => r.id)).toContain('fine');
    expect(said([problem!]).join()).toMatch(/damaged.config\.json is damaged/);
    rmSync(run, { recursive: true });
  });

  test('that is a file is told', () => {
    const path = join(folder, 'a-file');
    writeFileSync(path, '');
    const { rows, problem } = listRuns(path);
    expect(rows).toEqual([]);
    expect(said([problem!]).join()).toContain(path);
  });

  test('is locked until its process gives it back', () => {
    const run = makeRun('locked', 1);
    const lock = lockFolder(run);
    expect(isLocked(run)).toBe(true);
    expect(() => lockFolder(run)).toThrow(/being trained by another process/);
    lock.release();
    expect(isLocked(run)).toBe(false);
  });

  test('keeps start, last two and recommended checkpoints when room is short', () => {
    const run = makeRun('full', 0);
    mkdirSync(join(run, 'checkpoints'));
    const big = Buffer.alloc(50 * 2 ** 20);
    for (let e = 0; e <= 8; e++) writeWhole(paths.checkpoint(run, e), big, false);
    pruneCheckpoints(run, 8, 3);
    const left = [0, 1, 2, 3, 4, 5, 6, 7, 8].filter((e) => {
      try {
        return readFileSync(paths.checkpoint(run, e)).length > 0;
      } catch {
        return false;
      }
    });
    expect(left).toEqual(expect.arrayContaining([0, 3, 7, 8]));
    expect(left.length).toBe(5);
    expect(keepModel(run, 3)).toBe(paths.kept(run, 3));
    expect(() => keepModel(run, 5)).toThrow(/weights of epoch 5 were deleted/);
  });

  test('ids sort by time and are safe as names', () => {
    const id = newRunId('A "name": with / 40% ünï', new Date('2026-01-02T03:04:05Z'));
    expect(id).toMatch(/^20260102-030405-a-name-with-40-n-[0-9a-f]{4}$/);
    expect(newRunId('???')).toMatch(/^[a-z0-9][a-z0-9-]{0,79}$/);
  });
});
