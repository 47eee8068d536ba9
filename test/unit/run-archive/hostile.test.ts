/** Archives of strangers, damaged ones, and disks that fail: each is told in a sentence, and nothing stays. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeLongRun } from '../../bench/folders.ts';
import { PhrasedError } from '../../../core/contract/words/errors.ts';
import { ownerName, ownProcess } from '../../../core/disk/owner.ts';
import { importArchive } from '../../../core/run-archive/import.ts';
import { writeArchive } from '../../../core/run-archive/write.ts';
import { listRuns } from '../../../core/run-folder/list.ts';
import { breakDisk } from '../disk/faulty-disk.ts';
import { entriesFor, filesOf, listOf, zipOf } from './forge.ts';
import type { Forged, RunFiles } from './forge.ts';

let folder: string;
let good: Buffer;
let files: RunFiles;
beforeAll(async () => {
  folder = fs.mkdtempSync(join(tmpdir(), 'lab-hostile-'));
  const run = await writeLongRun(join(folder, 'sent', 'run'), 3);
  const archive = join(folder, 'good.lnl');
  await writeArchive(run, archive, true);
  good = fs.readFileSync(archive);
  files = filesOf(archive);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

let runs: string;
let around: string[];
beforeEach(() => {
  runs = fs.mkdtempSync(join(folder, 'runs-'));
  around = fs.readdirSync(folder).sort();
});

/** What importing bytes is refused with; nothing of them stays anywhere. */
async function refusal(bytes: Uint8Array): Promise<string> {
  const path = join(runs, '..', 'asked.lnl');
  fs.writeFileSync(path, bytes);
  const error: unknown = await importArchive(path, { runs }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  fs.rmSync(path);
  expect(error).toBeInstanceOf(PhrasedError);
  expect(fs.readdirSync(runs)).toEqual([]);
  expect(fs.readdirSync(folder).sort()).toEqual(around);
  expect((error as Error).message).toContain('asked.lnl');
  return (error as Error).message;
}

const text = (value: string): Uint8Array => Buffer.from(value);
/** One more entry beside those of a good archive. */
const beside = (entry: Forged): Buffer => zipOf([...entriesFor(files), entry]);

it('what is forged here is imported where nothing is wrong with it', async () => {
  const path = join(folder, 'fits.lnl');
  fs.writeFileSync(path, zipOf([{ name: 'run/', bytes: text('') }, ...entriesFor(files)]));
  around.push('fits.lnl');
  expect(await importArchive(path, { runs })).toMatchObject({ kind: 'new', damage: null });
});

describe('names', () => {
  it.each([
    ['run/../../out.json', 'a path that leads out'],
    ['../out.json', 'a path that leads out'],
    ['/tmp/out.json', 'a path that leads out'],
    ['C:\\out.json', 'a path that leads out'],
    ['run\\..\\..\\out.json', 'a path that leads out'],
    ['run/dynamics\\epoch-0009.npz', 'not a file of its run'],
    ['run/CONFIG.json', 'not a file of its run'],
    ['run/Dynamics/epoch-0000.npz', 'not a file of its run'],
    ['run/running-1-2-12345678.lock', 'not a file of its run'],
    ['run/imported.json', 'not a file of its run'],
    ['run/views.bin', 'not a file of its run'],
    ['run/review.jsonl\n', 'not a file of its run'],
    ['run/dynamics/epoch-0000.npz/x', 'not a file of its run'],
    ['run/run.exe', 'not a file of its run'],
    ['other/review.jsonl', 'not a file of its run'],
    ['review.jsonl', 'not a file of its run'],
    ['run/review.jsonl', 'not a file of its run'],
    ['run/config.json', 'twice'],
    ['run/manifest.json', 'twice'],
  ])('%j is refused', async (name, says) => {
    expect(await refusal(beside({ name, bytes: text('{}') }))).toContain(says);
  });

  it.each(['../run', 'Run', '.run', 'run.part', 'a'.repeat(81)])('so is the id %j', async (id) => {
    expect(await refusal(zipOf(entriesFor(files, listOf(files, { id }), id)))).toMatch(
      /leads out|not a file of its run/,
    );
  });

  it('a link is refused, whatever it is called', async () => {
    const link = { name: 'run/review.jsonl', bytes: text('/etc/passwd'), mode: 0o120777 };
    expect(await refusal(beside(link))).toContain('is a link');
  });
});

describe('sizes', () => {
  it('a bomb is refused before it is unpacked', async () => {
    const zeros = new Uint8Array(2 ** 27);
    const all = { ...files, 'dynamics/epoch-0009.npz': zeros };
    const entries = entriesFor(all).map((entry) => ({ ...entry, pack: true }));
    expect(await refusal(zipOf(entries))).toContain('times its size');
  });

  it('a bomb inside an array file is no array', async () => {
    const bomb = zipSync({ 'predicted.npy': new Uint8Array(2 ** 27) }, { level: 9 });
    const all = { ...files, 'labels.npz': bomb };
    expect(await refusal(zipOf(entriesFor(all)))).toContain('cannot be opened');
  });

  it('an entry that says less than it holds, or more, is damaged', async () => {
    for (const change of [-1, 1, 2 ** 31]) {
      const bytes = Buffer.from(good);
      const at = tableEntry(bytes, 'run/labels.npz');
      bytes.writeUInt32LE((bytes.readUInt32LE(at + 24) + change) >>> 0, at + 24);
      await refusal(bytes);
    }
  });

  it('a list that is too long to be one is not read', async () => {
    const list = Buffer.alloc(2 ** 24 + 1, ' ');
    expect(await refusal(zipOf(entriesFor(files, list)))).toContain('larger than any such file');
  });
});

/** Where the table of a zip has an entry. */
function tableEntry(zip: Buffer, name: string): number {
  for (let at = zip.indexOf('PK\x01\x02'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 4)) {
    if (zip.toString('latin1', at + 46, at + 46 + zip.readUInt16LE(at + 28)) === name) return at;
  }
  throw new Error(name);
}

describe('contents', () => {
  const withList = (changes: object) => zipOf(entriesFor(files, listOf(files, changes)));

  it('a list of a newer lab, of another kind or changed by hand is told', async () => {
    expect(await refusal(withList({ version: 2 }))).toContain('newer version');
    expect(await refusal(withList({ kind: 'else' }))).toContain('is not a run archive');
    expect(await refusal(withList({ id: 'other' }))).toContain(
      'manifest.json is not what was packed',
    );
    const changed = Buffer.from(
      text(Buffer.from(listOf(files)).toString().replace('0.1.0', '9.9.9')),
    );
    expect(await refusal(zipOf(entriesFor(files, changed)))).toContain('manifest.json');
    expect(await refusal(zipOf(entriesFor(files, text('['))))).toContain('is not a run archive');
  });

  it('a file that is not what the list says, is missing or is not listed', async () => {
    const list = listOf(files);
    const other = { ...files, 'summary.json': Buffer.from(files['summary.json']!).reverse() };
    expect(await refusal(zipOf(entriesFor(other, list)))).toContain('summary.json is not what');
    const { 'labels.npz': _, ...fewer } = files;
    expect(await refusal(zipOf(entriesFor(fewer, list)))).toContain('labels.npz is not what');
    const more = { ...files, 'review.jsonl': text('') };
    expect(await refusal(zipOf(entriesFor(more, list)))).toContain('not a file of its run');
    const { 'config.json': __, ...none } = files;
    expect(await refusal(zipOf(entriesFor(none)))).toContain('config.json');
  });

  it.each([
    ['config.json', '{}'],
    ['config.json', 'null'],
    ['labels.npz', 'PK'],
  ])('a %s of %j cannot be opened', async (name, content) => {
    const said = await refusal(zipOf(entriesFor({ ...files, [name]: text(content) })));
    expect(said).toContain('its run cannot be opened');
    // The temporary folder is nobody's to look for.
    expect(said).not.toContain('.import-');
  });

  it('rows that are damaged are told, and those before them are shown', async () => {
    const path = join(folder, 'cut.lnl');
    const lines = Buffer.from(files['metrics.jsonl']!).toString().split('\n');
    const cut = { ...files, 'metrics.jsonl': text(`${lines.slice(0, 2).join('\n')}\n{}\n`) };
    fs.writeFileSync(path, zipOf(entriesFor(cut)));
    const { damage } = await importArchive(path, { runs });
    expect(damage).toMatchObject({ code: 'errors.run.cut', values: { last: 1 } });
  });

  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['a zip of something else', zipSync({ 'a.csv': text('1,2') })],
    ['an empty zip', zipSync({})],
  ])('%s is no archive', async (_, bytes) => {
    expect(await refusal(Buffer.from(bytes))).toMatch(/is not a run archive|not a file of its run/);
  });
});

describe('damage', () => {
  /** Numbers that look random, the same each time. */
  function* numbers(): Generator<number> {
    for (let x = 12345; ;) yield (x = (Math.imul(x, 1103515245) + 12345) >>> 0) >>> 8;
  }

  it('by any byte is told, or changes nothing', async () => {
    const random = numbers();
    const next = (below: number) => random.next().value! % below;
    let [refused, same] = [0, 0];
    for (let tries = 0; tries < 300; tries++) {
      const bytes = Buffer.from(good);
      // Half of them in the table and the list, where names and sizes are.
      const from = tries % 2 === 0 ? 0 : bytes.indexOf('PK\x01\x02');
      for (let hits = 1 + next(3); hits > 0; hits--)
        bytes[from + next(bytes.length - from)] = next(256);
      const path = join(folder, 'asked.lnl');
      fs.writeFileSync(path, bytes);
      try {
        const { run } = await importArchive(path, { runs });
        for (const [name, content] of Object.entries(files)) {
          expect(fs.readFileSync(join(run, name)).equals(content)).toBe(true);
        }
        fs.rmSync(run, { recursive: true });
        same++;
      } catch (error) {
        expect(error).toBeInstanceOf(PhrasedError);
        refused++;
      }
      expect(fs.readdirSync(runs)).toEqual([]);
    }
    fs.rmSync(join(folder, 'asked.lnl'));
    expect(refused).toBeGreaterThan(200);
    expect(refused + same).toBe(300);
  }, 120_000);

  it('by a cut anywhere is told', async () => {
    for (let at = 0; at < good.length; at += Math.ceil(good.length / 60)) {
      await refusal(good.subarray(0, at));
    }
  });
});

describe('a disk that fails', () => {
  it.each(['ENOSPC', 'short', 'EIO'] as const)(
    'by %s leaves no half run',
    async (fault) => {
      const path = join(folder, 'good.lnl');
      const counted = breakDisk(runs, Infinity, fault);
      await importArchive(path, { runs });
      counted.mend();
      fs.rmSync(join(runs, 'run'), { recursive: true });
      // What only spares time comes last, and may be missing; so may the end of making names last.
      const calls = counted.calls.length;
      expect(calls).toBeGreaterThan(40);
      for (let at = 0; at < calls; at++) {
        const broken = breakDisk(runs, at, fault);
        const came = await importArchive(path, { runs }).then(
          () => true,
          (error: unknown) => {
            expect(error).toBeInstanceOf(PhrasedError);
            expect((error as Error).message).not.toContain('.import-');
            return false;
          },
        );
        broken.mend();
        const { rows, problem } = listRuns(runs);
        expect(problem).toBeNull();
        expect(rows.map((row) => row.problem)).toEqual(rows.length > 0 ? [null] : []);
        if (came) expect(rows).toHaveLength(1);
        for (const name of fs.readdirSync(runs)) {
          expect(['run', 'index.json'], `call ${at}`).toContain(name);
          fs.rmSync(join(runs, name), { recursive: true });
        }
      }
    },
    120_000,
  );

  it('what a kill left is taken away by the next import, and what is being filled is not', async () => {
    const own = ownProcess();
    const left = (pid: number) => `.import-${ownerName({ ...own, pid })}-0123abcd.part`;
    const [dead, living] = [left(2 ** 22 + 1), left(own.pid)];
    for (const name of [dead, living]) {
      fs.mkdirSync(join(runs, name));
      fs.writeFileSync(join(runs, name, 'config.json'), Buffer.from(files['config.json']!));
    }
    await importArchive(join(folder, 'good.lnl'), { runs });
    expect(fs.readdirSync(runs).sort()).toEqual([living, 'run']);
    expect(listRuns(runs).rows.map(({ id }) => id)).toEqual(['run']);
  });
});
