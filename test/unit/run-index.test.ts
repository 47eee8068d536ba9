/** The index of runs is never wrong: its rows are as read anew, or not used. */
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeLongRun } from '../bench/folders.ts';
import { sealed } from '../../core/disk/sealed.ts';
import type { RunRow } from '../../core/contract/messages/records.ts';
import { paths } from '../../core/run-folder/files.ts';
import { listRuns, spaced } from '../../core/run-folder/list.ts';
import { lockFolder } from '../../core/run-folder/lock.ts';
import { indexPath } from '../../core/run-folder/run-index.ts';

const EPOCHS = 12;
/** Long enough after the writing of a file that its times tell whether it is the same. */
const later = (): number => Date.now() + 60_000;

let folder: string;
let original: string;
let runs: string;
let run: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lab-run-index-'));
  original = await writeLongRun(join(folder, 'original'), EPOCHS);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  runs = mkdtempSync(join(folder, 'runs-'));
  run = join(runs, 'run');
  cpSync(original, run, { recursive: true });
});

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at]! ^= 4;
  writeFileSync(path, bytes);
}

describe('the index of runs', () => {
  const others = 3;
  beforeEach(() => {
    for (let i = 0; i < others; i++)
      cpSync(original, join(runs, `other-${i}`), { recursive: true });
  });
  const anew = () => {
    rmSync(indexPath(runs), { force: true });
    return listRuns(runs, 0);
  };

  test('gives the rows that reading the runs gives, without reading them', () => {
    const wanted = anew();
    expect(listRuns(runs, later())).toEqual(wanted);
    expect(listRuns(runs, later())).toEqual(wanted);
    // That it is used shows where it says something else.
    const { sha256: _seal, ...index } = JSON.parse(readFileSync(indexPath(runs), 'utf8')) as {
      sha256: string;
      rows: { row: RunRow }[];
    };
    for (const { row } of index.rows) row.name = 'from the index';
    writeFileSync(indexPath(runs), JSON.stringify(sealed(index)));
    const names = listRuns(runs, later()).rows.map(({ name }) => name);
    expect(new Set(names)).toEqual(new Set(['from the index']));
  });

  test('does not hold what has just been written, since it may change within a tick of the clock', () => {
    listRuns(runs);
    expect(existsSync(indexPath(runs))).toBe(false);
    listRuns(runs, later());
    expect(existsSync(indexPath(runs))).toBe(true);
  });

  test.each<[string, () => void]>([
    ['a damaged row', () => flip(paths.metrics(run), 40)],
    [
      'a damaged row whose time was set back',
      () => {
        const { atime, mtime } = statSync(paths.metrics(run));
        flip(paths.metrics(run), 40);
        utimesSync(paths.metrics(run), atime, mtime);
      },
    ],
    ['missing checksums', () => rmSync(paths.sums(run))],
    ['a missing summary', () => rmSync(paths.summary(run))],
    ['a row more', () => appendFileSync(paths.metrics(run), '{}\n')],
    ['a damaged config', () => flip(paths.config(run), 200)],
    [
      'another run in its place',
      () => {
        rmSync(run, { recursive: true });
        cpSync(join(runs, 'other-0'), run, { recursive: true });
        truncateSync(paths.sums(run), 100);
      },
    ],
    ['a run that went', () => rmSync(run, { recursive: true })],
  ])('is not believed over %s', (_, change) => {
    listRuns(runs, later());
    change();
    const now = listRuns(runs, later());
    expect(now).toEqual(anew());
    expect(now).not.toEqual(listRuns(join(folder, 'none'), later()));
  });

  test('is made again where it is damaged, cut, of another version or no file', () => {
    const wanted = listRuns(runs, later());
    const good = readFileSync(indexPath(runs), 'utf8');
    const seal = good.indexOf('"sha256"');
    const wrong = [
      good.replace('"lastEpoch":12', '"lastEpoch":13'),
      good.slice(0, seal - 20),
      good.replace('"version":"1', '"version":"0'),
      '[]',
      '',
    ];
    for (const text of wrong) {
      expect(text).not.toBe(good);
      writeFileSync(indexPath(runs), text);
      expect(listRuns(runs, later())).toEqual(wanted);
      expect(readFileSync(indexPath(runs), 'utf8')).toBe(good);
    }
    rmSync(indexPath(runs));
    mkdirSync(indexPath(runs));
    expect(listRuns(runs, later())).toEqual(wanted);
  });

  test('says of a run that another process trains now that it runs', () => {
    listRuns(runs, later());
    const lock = lockFolder(run);
    const row = () => listRuns(runs, later()).rows.find(({ id }) => id === 'run');
    expect(row()).toMatchObject({ status: 'running' });
    lock.release();
    expect(row()).toMatchObject({ status: 'finished' });
  });

  test('is not written through a link', () => {
    const target = join(folder, 'target.json');
    writeFileSync(target, 'precious');
    symlinkSync(target, indexPath(runs));
    expect(listRuns(runs, later()).rows).toHaveLength(others + 1);
    expect(readFileSync(target, 'utf8')).toBe('precious');
  });

  test('is left alone where it cannot be written', () => {
    rmSync(indexPath(runs), { force: true });
    // A folder in its place refuses root, too.
    mkdirSync(join(indexPath(runs), 'inside'), { recursive: true });
    expect(listRuns(runs, later()).rows).toHaveLength(others + 1);
    expect(readdirSync(indexPath(runs))).toEqual(['inside']);
  });
});

test('a long curve is shown by values in equal steps, its first and last among them', () => {
  const values = Array.from({ length: 5001 }, (_, i) => i);
  const shown = spaced(values);
  expect(shown).toHaveLength(200);
  expect([shown[0], shown.at(-1)]).toEqual([0, 5000]);
  const steps = shown.slice(1).map((value, i) => value - shown[i]!);
  expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1);
  expect(spaced([3, 1, 2])).toEqual([3, 1, 2]);
});
