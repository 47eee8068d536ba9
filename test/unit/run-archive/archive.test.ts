/** Archives of runs: what travels, and what becomes of it at the other end. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeLongRun } from '../../bench/folders.ts';
import { importArchive } from '../../../core/run-archive/import.ts';
import { archiveId, archiveSizes, writeArchive } from '../../../core/run-archive/write.ts';
import { checkWhole } from '../../../core/run-folder/check.ts';
import { keepModel } from '../../../core/run-folder/checkpoints.ts';
import { listRuns, pathsOfRuns } from '../../../core/run-folder/list.ts';
import { lockFolder } from '../../../core/run-folder/lock.ts';
import { readRunConfig, writeRunConfig } from '../../../core/run-folder/stored.ts';
import { readModel } from '../../../core/export/model.ts';
import { reopenRun } from '../../../core/runs/begin.ts';
import { runView } from '../../../core/run-folder/views.ts';

const EPOCHS = 5;
/** Too short for tensors, which nothing here reads. */
const WEIGHTS = Buffer.alloc(3000, 7);

let folder: string;
let run: string;
let archive: string;
let light: string;
beforeAll(async () => {
  folder = fs.mkdtempSync(join(tmpdir(), 'lab-archive-'));
  run = await writeLongRun(join(folder, 'sent', 'run'), EPOCHS);
  for (const place of ['checkpoints', 'kept']) {
    fs.mkdirSync(join(run, place), { recursive: true });
    fs.writeFileSync(join(run, place, 'epoch-0005.safetensors'), WEIGHTS);
  }
  archive = join(folder, 'run.lnl');
  light = join(folder, 'light.lnl');
  await writeArchive(run, archive, true);
  await writeArchive(run, light, false);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

let runs: string;
beforeEach(() => {
  runs = fs.mkdtempSync(join(folder, 'runs-'));
});

/** The files below a folder, by their paths. */
const filesIn = (at: string): string[] =>
  (fs.readdirSync(at, { recursive: true }) as string[])
    .filter((name) => fs.lstatSync(join(at, name)).isFile())
    .map((name) => name.replaceAll('\\', '/'))
    .sort();

/** Beside what travels, the mark of an import and what the looking at it leaves. */
const OWN = ['imported.json', 'views.bin'];

describe('an archive', () => {
  it('brings every byte of what a run is made of, and nothing that only spares time', async () => {
    const { run: there, ...told } = await importArchive(archive, { runs });
    expect(told).toMatchObject({ id: 'run', kind: 'new', weights: true, damage: null });
    expect(there).toBe(join(runs, 'run'));
    const travelled = filesIn(run).filter((name) => !['views.bin', 'verdict.json'].includes(name));
    expect(filesIn(there).filter((name) => !OWN.includes(name))).toEqual(travelled);
    for (const name of travelled) {
      expect(fs.readFileSync(join(there, name)).equals(fs.readFileSync(join(run, name)))).toBe(
        true,
      );
    }
    expect(runView(there, checkWhole(there)).epochs).toEqual(runView(run).epochs);
    expect(listRuns(runs)).toMatchObject({ rows: [{ id: 'run', problem: null }], problem: null });
    expect(fs.readdirSync(runs).sort()).toEqual(['run']);
  });

  it('is the same of the same run, and takes what was said', async () => {
    const again = join(folder, 'again.lnl');
    const { bytes } = await writeArchive(run, again, true);
    expect(fs.readFileSync(again).equals(fs.readFileSync(archive))).toBe(true);
    const sizes = archiveSizes(run);
    expect(bytes / sizes.withWeights).toBeCloseTo(1, 0);
    const weights = filesIn(run).filter((name) => /^(checkpoints|kept)\//.test(name));
    const heavy = weights.reduce((sum, name) => sum + fs.statSync(join(run, name)).size, 0);
    expect(heavy).toBeGreaterThan(2 * WEIGHTS.length - 1);
    expect(sizes.withWeights - sizes.without).toBe(heavy);
    expect(fs.statSync(light).size).toBeLessThan(fs.statSync(archive).size - 2 * WEIGHTS.length);
  });

  it('leaves out claims, halves of files, reports, models of other programs and links', async () => {
    const full = join(folder, 'full');
    fs.cpSync(run, full, { recursive: true });
    const spare = ['.x.part', 'run.html', 'running-1-2-12345678.lock', 'exports/model.json'];
    fs.mkdirSync(join(full, 'exports'));
    for (const name of spare) fs.writeFileSync(join(full, name), 'x');
    // Another machine's, which gave no sign of life for long.
    fs.utimesSync(join(full, 'running-1-2-12345678.lock'), 0, 0);
    fs.symlinkSync('/etc/passwd', join(full, 'review.jsonl'));
    fs.symlinkSync('/etc', join(full, 'folds'));
    const path = join(folder, 'full.lnl');
    await writeArchive(full, path, true);
    const { run: there } = await importArchive(path, { runs });
    const wanted = filesIn(run).filter((name) => name !== 'views.bin');
    expect(filesIn(there).filter((name) => !OWN.includes(name))).toEqual(wanted);
  });

  it('is refused of a run that is being trained, and of what is none', async () => {
    const busy = join(folder, 'busy');
    fs.cpSync(run, busy, { recursive: true });
    const lock = lockFolder(busy);
    const path = join(folder, 'busy.lnl');
    await expect(writeArchive(busy, path, true)).rejects.toThrow('is being trained');
    lock.release();
    await expect(writeArchive(folder, path, true)).rejects.toThrow('is not a run');
    expect(fs.existsSync(path)).toBe(false);
  });

  it('of a run whose metrics grow while it is packed is none', async () => {
    const grows = join(folder, 'grows');
    fs.cpSync(run, grows, { recursive: true });
    const path = join(folder, 'grows.lnl');
    const writing = writeArchive(grows, path, true);
    fs.appendFileSync(join(grows, 'metrics.jsonl'), 'x\n');
    await expect(writing).rejects.toThrow('was written to while it was packed');
    expect(fs.readdirSync(folder).filter((name) => name.includes('grows.lnl'))).toEqual([]);
  });

  it('names a run by its title where the name of its folder is no id', () => {
    const odd = join(folder, 'My Run');
    fs.cpSync(run, odd, { recursive: true });
    expect(archiveId(run)).toBe('run');
    expect(archiveId(odd)).toMatch(/^\d{8}-\d{6}-[a-z0-9-]+$/);
  });
});

describe('a run that came without its weights', () => {
  it('is shown, and says what it lacks where they are needed', async () => {
    const { run: there, weights } = await importArchive(light, { runs });
    expect(weights).toBe(false);
    expect(runView(there).epochs).toHaveLength(EPOCHS + 1);
    const says = 'was sent without its checkpoints';
    expect(() => readModel(there, null)).toThrow(says);
    expect(() => keepModel(there, EPOCHS)).toThrow(says);
    const before = fs.readFileSync(join(there, 'metrics.jsonl'));
    fs.rmSync(join(there, 'summary.json'));
    await expect(reopenRun(there)).rejects.toThrow(says);
    expect(fs.readFileSync(join(there, 'metrics.jsonl')).equals(before)).toBe(true);
  });
});

describe('a run that is there already', () => {
  it('is told to be there, and stays as it is', async () => {
    await importArchive(archive, { runs });
    const before = fs.readFileSync(join(runs, 'run', 'imported.json'));
    for (const path of [archive, light]) {
      expect(await importArchive(path, { runs })).toMatchObject({ kind: 'there', weights: true });
    }
    expect(fs.readdirSync(runs)).toEqual(['run']);
    expect(fs.readFileSync(join(runs, 'run', 'imported.json')).equals(before)).toBe(true);
  });

  it('keeps its id where the other one differs, which takes the next', async () => {
    fs.cpSync(run, join(runs, 'run'), { recursive: true });
    const stored = readRunConfig(join(runs, 'run'));
    writeRunConfig(join(runs, 'run'), { ...stored, config: { ...stored.config!, name: 'Mine' } });
    const second = await importArchive(archive, { runs });
    expect(second).toMatchObject({ id: 'run-2', kind: 'renamed' });
    expect(await importArchive(archive, { runs })).toMatchObject({ id: 'run-2', kind: 'there' });
    expect(readRunConfig(join(runs, 'run')).config!.name).toBe('Mine');
  });

  it('in a folder that was named is not written over', async () => {
    const out = join(runs, 'mine');
    expect(await importArchive(archive, { folder: out })).toMatchObject({ kind: 'new', run: out });
    expect(await importArchive(archive, { folder: out })).toMatchObject({ kind: 'there' });
    fs.appendFileSync(join(out, 'metrics.jsonl'), '\n');
    await expect(importArchive(archive, { folder: out })).rejects.toThrow('already holds a run');
    await expect(importArchive(archive, { folder: folder })).rejects.toThrow('is not empty');
  });
});

it('what a stranger wrote as the place of the data may not be read for it', async () => {
  const path = '/stranger/data';
  const strange = join(folder, 'strange');
  fs.cpSync(run, strange, { recursive: true });
  const stored = readRunConfig(strange);
  const config = { ...stored.config!, data: { ...stored.config!.data, source: path } };
  writeRunConfig(strange, { ...stored, config });
  expect(pathsOfRuns(folder)).toContain(path);
  const file = join(folder, 'strange.lnl');
  await writeArchive(strange, file, true);
  await importArchive(file, { runs });
  expect(pathsOfRuns(runs)).not.toContain(path);
});
