import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { openTree } from '../../../core/data/tree/open.ts';
import type { Tree } from '../../../core/data/tree/tree.ts';
import { shareReading } from '../../../core/data/share.ts';
import { inferAll } from '../../../core/contract/config/schema.ts';
import { openDataset } from '../../../core/data/index.ts';
import { idxImages, idxLabels } from './files.ts';
import { expectRefusal, idxFiles, openWith, scratch, tar, tarGz, zip } from './files.ts';

const { write, writeAll } = scratch();
const text = (value: string): Buffer => Buffer.from(value);
const files = { 'a/one.txt': text('one'), 'a/two.txt.gz': gzipSync('two'), 'b.txt': text('three') };

async function all(tree: Tree): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  await tree.visit(
    () => true,
    ({ path }, bytes) => void (found[path] = Buffer.from(bytes).toString()),
    {},
  );
  return found;
}

describe('a tree', () => {
  const content = { 'a/one.txt': 'one', 'a/two.txt.gz': 'two', 'b.txt': 'three' };
  test.each<[Tree['kind'], () => Promise<string>]>([
    ['folder', async () => writeAll(files)],
    ['zip', async () => write('misnamed.tar', zip(files))],
    ['tar', async () => write('misnamed.zip', await tar(files))],
    ['tar', async () => write('misnamed.npy', await tarGz(files))],
  ])('of a %s lists and reads its files', async (kind, make) => {
    const tree = await openTree(await make());
    expect(tree.kind).toBe(kind);
    expect([...tree.first]).toEqual(Object.keys(content));
    expect(await all(tree)).toEqual(content);
    expect((await tree.list({})).map(({ path }) => path)).toEqual(Object.keys(content));
    expect(Buffer.from(await tree.head('a/two.txt.gz', 2)).toString()).toBe('tw');
    expect(await tree.head('a/one.txt', 99)).toHaveLength(3);
  });

  test('of one file, plain or gzipped', async () => {
    for (const bytes of [text('alone'), gzipSync('alone')]) {
      const tree = await openTree(write('file', bytes));
      expect(tree.kind).toBe('file');
      expect(await all(tree)).toEqual({ file: 'alone' });
    }
  });

  test('stops where it is told to', async () => {
    const stop = new AbortController();
    const tree = await openTree(write('x', zip(files)));
    const seen: string[] = [];
    const visiting = tree.visit(
      () => true,
      ({ path }) => {
        seen.push(path);
        stop.abort(new Error('enough'));
      },
      { signal: stop.signal },
    );
    await expect(visiting).rejects.toThrow('enough');
    expect(seen).toEqual(['a/one.txt']);
  });
});

describe('archives that lead out are refused:', () => {
  const out = { '../out-images-idx3-ubyte': text('x') };
  const absolute = { '/etc/train-images-idx3-ubyte': text('x') };
  test.each([
    ['a climbing zip', () => zip(out), /"\.\.\/out-images-idx3-ubyte", a path that leads out/],
    ['a climbing tar', () => tar(out), /a path that leads out of it/],
    ['an absolute path in a zip', () => zip(absolute), /a path that leads out of it/],
    ['an absolute path in a tar', () => tar(absolute), /a path that leads out of it/],
    ['a link in a tar', () => tar({}, { labels: '/etc/passwd' }), /"labels" is a link/],
    [
      'a link in a zip',
      () => zipSync({ labels: [text('/etc/passwd'), { os: 3, attrs: (0o120777 << 16) >>> 0 }] }),
      /"labels" is a link/,
    ],
  ])('%s', async (_, make, message) => expectRefusal(write('set', await make()), message));

  test('links out of a folder; one that stays inside is followed', async () => {
    const path = writeAll(idxFiles('deep/'));
    symlinkSync('deep', join(path, 'same'));
    expect((await openTree(path)).first).toContain('same/train-images-idx3-ubyte');
    symlinkSync('/etc', join(path, 'etc'));
    await expectRefusal(path, /"etc" is a link that leads out/);
    const broken = writeAll(idxFiles());
    symlinkSync('nowhere', join(broken, 'train-labels'));
    await expectRefusal(broken, /"train-labels" is a link/);
    const round = writeAll(idxFiles());
    mkdirSync(join(round, 'z'));
    symlinkSync('..', join(round, 'z', 'up'));
    await expectRefusal(round, /round in a circle/);
  });
});

describe('bombs are refused in bounded memory:', () => {
  const zeros = Buffer.alloc(2 ** 27);
  const name = 'train-images-idx3-ubyte';
  test.each([
    ['a zip', () => zipSync({ [name]: [zeros, { level: 1 }] })],
    ['a gzip in a folder', () => ({ [name]: gzipSync(zeros, { level: 1 }) })],
    ['a tar.gz', async () => gzipSync(await tar({ [name]: zeros }), { level: 1 })],
    ['zeros behind a tar', async () => gzipSync(Buffer.concat([await tar(files), zeros]))],
  ])('%s', async (_, make) => {
    const made = await make();
    const path = made instanceof Uint8Array ? write('bomb', made) : writeAll(made);
    const before = process.memoryUsage().rss;
    await expectRefusal(path, /times its size/);
    expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 28);
  });
});

describe('damaged archives are refused:', () => {
  test.each([
    ['zip', zip(idxFiles())],
    ['tar.gz', gzipSync(Buffer.alloc(0))],
  ])('%s cut at ten places', async (kind, zipped) => {
    const bytes = kind === 'zip' ? zipped : await tarGz(idxFiles());
    for (let i = 0; i < 10; i++) {
      const cut = bytes.subarray(0, Math.floor((i * bytes.length) / 10));
      await expectRefusal(write('cut', cut), /damaged or cut short|not a kind|has no/);
    }
  });

  test('a stored zip in which one byte changed', async () => {
    const bytes = zipSync(idxFiles(), { level: 0 });
    bytes[100]! ^= 1;
    await expectRefusal(write('bad.zip', bytes), /checksum of its bytes differs/);
  });

  test('a zip whose bytes changed', async () => {
    const bytes = zip(idxFiles());
    bytes.fill(0xff, 60, 80);
    await expectRefusal(write('bad.zip', bytes), /damaged or cut short/);
  });
});

describe('callers of one reading', () => {
  const slow = (signal: AbortSignal): Promise<string> =>
    new Promise((done, fail) => {
      setTimeout(() => done('read'), 20);
      signal.addEventListener('abort', () => fail(signal.reason as Error));
    });

  test('may give up without taking it from the others', async () => {
    const shared = shareReading(({ signal }) => slow(signal));
    const stop = new AbortController();
    const [first, second] = [shared.wait({ signal: stop.signal }), shared.wait({})];
    stop.abort(new Error('no more'));
    await expect(first).rejects.toThrow('no more');
    expect(await second).toBe('read');
    expect(shared.alive()).toBe(true);
  });

  test('end it together; it is not kept then', async () => {
    const shared = shareReading(({ signal }) => slow(signal));
    const stop = new AbortController();
    const waits = [shared.wait({ signal: stop.signal }), shared.wait({ signal: stop.signal })];
    stop.abort(new Error('no more'));
    for (const wait of waits) await expect(wait).rejects.toThrow('no more');
    expect(shared.alive()).toBe(false);
  });

  test('open the same data set once; what was given up or has changed is read again', async () => {
    const path = write('train-images-idx3-ubyte', idxImages(8));
    const labels = join(dirname(path), 'train-labels-idx1-ubyte');
    writeFileSync(labels, idxLabels(8));
    const stop = new AbortController();
    const source = { source: path, reading: inferAll };
    const opening = openDataset(source, { signal: stop.signal });
    stop.abort(new Error('at once'));
    await expect(opening).rejects.toThrow('at once');
    const dataset = await openDataset(source);
    expect(await openDataset(source)).toBe(dataset);
    writeFileSync(path, idxImages(4));
    writeFileSync(labels, idxLabels(4));
    expect((await openWith(path)).train.labels).toHaveLength(4);
  });
});
