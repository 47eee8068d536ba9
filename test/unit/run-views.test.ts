/** What is kept to open a run quickly is never wrong: it is as computed anew, or not used. */
import { said } from './said.ts';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeLongRun } from '../bench/folders.ts';
import { reportText } from '../../core/report/index.ts';
import { checkRun, checkWhole } from '../../core/run-folder/check.ts';
import { dynamicsView } from '../../core/run-folder/epoch-views.ts';
import { paths } from '../../core/run-folder/files.ts';
import { listRuns } from '../../core/run-folder/list.ts';
import { lockFolder } from '../../core/run-folder/lock.ts';
import { courseOf, detailsOf, Prover } from '../../core/run-folder/pages.ts';
import { readDynamics, readLabels } from '../../core/run-folder/read.ts';
import { runView } from '../../core/run-folder/views.ts';

const EPOCHS = 12;
/** Long enough after the writing of a file that its times tell whether it is the same. */
const later = (): number => Date.now() + 60_000;

let folder: string;
let original: string;
let runs: string;
let run: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lab-run-views-'));
  original = await writeLongRun(join(folder, 'original'), EPOCHS);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  runs = mkdtempSync(join(folder, 'runs-'));
  run = join(runs, 'run');
  cpSync(original, run, { recursive: true });
});

/** Everything that the window draws of a run's epochs, computed from the dynamics. */
function computed(of = original) {
  const { stored, sums } = checkRun(of);
  const labels = readLabels(of, stored);
  return Array.from({ length: EPOCHS + 1 }, (_, epoch) =>
    dynamicsView(epoch, readDynamics(of, epoch, sums), labels),
  );
}

/** The same, as the window gets it. */
function seen(of = run) {
  const proven = new Prover().prove(of);
  const details = detailsOf(of, proven, 0, 200);
  return runView(of).epochs.map(({ outcomes }, i) => ({ outcomes, detail: details[i] }));
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at]! ^= 4;
  writeFileSync(path, bytes);
}

describe('the views of a run', () => {
  test('are kept as they are computed, and opening reads no dynamics', () => {
    rmSync(join(run, 'dynamics'), { recursive: true });
    expect(seen()).toEqual(computed());
  });

  test('are made where they are missing, and kept from then on', () => {
    const before = readFileSync(paths.views(run));
    rmSync(paths.views(run));
    expect(seen()).toEqual(computed());
    expect(readFileSync(paths.views(run)).equals(before)).toBe(true);
  });

  test('are made again where a byte of them is damaged, whichever it is', () => {
    const before = readFileSync(paths.views(run));
    for (let at = 0; at < before.length; at += 131) {
      flip(paths.views(run), at);
      expect(seen(), `byte ${at}`).toEqual(computed());
      expect(readFileSync(paths.views(run)).equals(before), `byte ${at}`).toBe(true);
    }
  }, 60_000);

  test('of another run, of other epochs or cut short count for nothing', async () => {
    const size = statSync(paths.views(run)).size / (EPOCHS + 1);
    const bytes = readFileSync(paths.views(run));
    const swapped = Buffer.concat([bytes.subarray(size), bytes.subarray(0, size)]);
    const other = await writeLongRun(mkdtempSync(join(folder, 'other-')), EPOCHS);
    for (const wrong of [
      swapped,
      readFileSync(paths.views(other)),
      bytes.subarray(0, size * 2.5),
    ]) {
      writeFileSync(paths.views(run), wrong);
      expect(seen()).toEqual(computed());
    }
  });

  test('cannot stand in for dynamics that are damaged: what builds on those tells', () => {
    flip(paths.dynamics(run, 5), 300);
    expect(runView(run).row).toMatchObject({ status: 'finished', problem: null });
    expect(said([checkWhole(run).damage!]).join()).toMatch(
      /epoch-0005\.npz is damaged.*Epochs 0 to 4 are whole/,
    );
    expect(reportText(run, 'html')).toContain('Epochs 0 to 4 are whole');
  });

  test('without them, damaged dynamics cut the run where they are', () => {
    rmSync(paths.views(run));
    flip(paths.dynamics(run, 5), 300);
    const view = runView(run);
    expect(view.epochs).toHaveLength(5);
    expect(view.row.status).toBe('interrupted');
    expect(said([view.row.problem!]).join()).toContain('Epochs 0 to 4 are whole');
    expect(detailsOf(run, new Prover().prove(run), 3, 9).map(({ epoch }) => epoch)).toEqual([3, 4]);
  });

  test('of epochs that a kill cut off are not shown', () => {
    const lines = readFileSync(paths.metrics(run), 'utf8').split('\n');
    writeFileSync(paths.metrics(run), `${lines.slice(0, 4).join('\n')}\n${lines[4]!.slice(0, 20)}`);
    const sums = readFileSync(paths.sums(run), 'utf8').split('\n');
    writeFileSync(paths.sums(run), `${sums.slice(0, 4).join('\n')}\n`);
    rmSync(paths.summary(run));
    expect(seen()).toEqual(computed().slice(0, 4));
    expect(runView(run).row).toMatchObject({ status: 'interrupted', lastEpoch: 3, problem: null });
  });

  test('are computed each time for a run without checksums, and not kept', () => {
    rmSync(paths.sums(run));
    rmSync(paths.views(run));
    for (const path of [paths.config(run), paths.summary(run)]) {
      const {
        sha256: _seal,
        sums: _sums,
        link: _link,
        ...rest
      } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
      writeFileSync(path, JSON.stringify(rest));
    }
    expect(seen()).toEqual(computed());
    expect(existsSync(paths.views(run))).toBe(false);
  });

  test('are not written while another process trains the run, nor through a link', () => {
    rmSync(paths.views(run));
    const lock = lockFolder(run);
    expect(seen()).toEqual(computed());
    expect(existsSync(paths.views(run))).toBe(false);
    lock.release();
    const target = join(runs, 'target');
    writeFileSync(target, 'precious');
    symlinkSync(target, paths.views(run));
    expect(seen()).toEqual(computed());
    expect(readFileSync(target, 'utf8')).toBe('precious');
    expect(lstatSync(paths.views(run)).isSymbolicLink()).toBe(true);
  });

  test('come in pages, which may begin and end anywhere', () => {
    const proven = new Prover().prove(run);
    const numbers = (from: number, count: number): number[] =>
      detailsOf(run, proven, from, count).map(({ epoch }) => epoch);
    expect(numbers(0, 1)).toEqual([0]);
    expect(numbers(EPOCHS, 100)).toEqual([EPOCHS]);
    expect(numbers(EPOCHS + 1, 100)).toEqual([]);
    expect(numbers(9_999, 200)).toEqual([]);
    expect(numbers(5, 3)).toEqual([5, 6, 7]);
    const all = computed();
    expect(detailsOf(run, proven, 4, 4)).toEqual(all.slice(4, 8).map(({ detail }) => detail));
    const course = courseOf(run, proven, 23);
    expect(course.epochs).toEqual(all.map(({ detail }) => detail.epoch));
    expect(course.predicted).toEqual(all.map(({ detail }) => detail.wall.predicted[23]));
    expect(course.loss).toEqual(all.map(({ detail }) => detail.wall.loss[23]));
    expect(courseOf(run, proven, 24)).toEqual({ epochs: [], predicted: [], loss: [] });
  });

  test('are of the run as it is now, also for pages of one that was proven before', () => {
    const prover = new Prover();
    expect(prover.prove(run).checked.rows).toHaveLength(EPOCHS + 1);
    const lines = readFileSync(paths.metrics(run), 'utf8').split('\n');
    writeFileSync(paths.metrics(run), `${lines.slice(0, 4).join('\n')}\n`);
    const { checked, labels } = prover.recall(run);
    expect(said([checked.damage!]).join()).toContain('Epochs 0 to 3 are whole');
    expect(detailsOf(run, { checked, labels }, 0, 100)).toHaveLength(4);
  });
});

describe('the verdict of a run that has not ended', () => {
  test('is kept for its rows, and found again for others or where it is damaged', () => {
    const wanted = runView(run).verdict;
    rmSync(paths.summary(run));
    expect(runView(run).verdict).toEqual(wanted);
    const kept = readFileSync(paths.verdict(run), 'utf8');
    rmSync(join(run, 'dynamics'), { recursive: true });
    expect(runView(run).verdict).toEqual(wanted);
    const other = kept.replace(/"epoch": (\d+)/, (_, epoch) => `"epoch": ${Number(epoch) + 1}`);
    for (const wrong of [other, '{}', '']) {
      expect(wrong).not.toBe(kept);
      writeFileSync(paths.verdict(run), wrong);
      cpSync(join(original, 'dynamics'), join(run, 'dynamics'), { recursive: true });
      expect(runView(run).verdict).toEqual(wanted);
      expect(readFileSync(paths.verdict(run), 'utf8')).toBe(kept);
    }
  });

  test('is not kept where a file that it should rest on is damaged', () => {
    rmSync(paths.summary(run));
    flip(paths.dynamics(run, 3), 300);
    runView(run);
    listRuns(runs, later());
    expect(existsSync(paths.verdict(run))).toBe(false);
    cpSync(paths.dynamics(original, 3), paths.dynamics(run, 3));
    expect(listRuns(runs, later()).rows[0]!.recommended).toBe(runView(original).row.recommended);
  });
});
