/** Data sets whose reading leans on native code and threads, in the real utility process. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Params, Result } from '../../core/contract/messages/messages.ts';
import { openLab } from './lab.ts';
import type { OpenLab } from './lab.ts';

/** What the person opens; all that lies below may be read. */
const opened = mkdtempSync(join(tmpdir(), 'label-noise-lab-data-'));
const folder = join(opened, 'pictures');
const tables = join(opened, 'tables');
const KINDS = ['png', 'jpeg', 'webp', 'gif'] as const;
let lab: OpenLab;
let words = '';
beforeAll(async () => {
  mkdirSync(folder);
  cpSync(resolve('test/fixtures/data'), tables, { recursive: true });
  for (const [name, background] of Object.entries({ cold: '#0000ff', warm: '#ff0000' })) {
    mkdirSync(join(folder, name));
    for (const [i, kind] of KINDS.entries()) {
      const create = { width: 12 + i, height: 12, channels: 3 as const, background };
      const bytes = await sharp({ create }).toFormat(kind).toBuffer();
      for (let n = 0; n < 10; n++) writeFileSync(join(folder, name, `${n}.${kind}`), bytes);
    }
  }
  lab = await openLab({ XDG_CACHE_HOME: join(opened, '.cache'), LAB_OPEN_PATH: opened });
  await lab.request('host.openData', { what: 'folder' });
  lab.app.process().stderr?.on('data', (part: Buffer) => (words += part.toString()));
});
afterAll(async () => {
  await lab.close();
  rmSync(opened, { recursive: true });
});

type Asked = Params<'data.describe'>['data'];
const asked = (source: string, missing: Asked['reading']['missing'] = 'ask'): Asked => ({
  source,
  reading: {
    labels: '',
    truth: '',
    labelsFile: '',
    labelsField: '',
    files: '',
    imageSize: 0,
    colour: 'auto',
    missing,
  },
  clusters: {
    clusters: 2,
    classes: 2,
    dimension: 20,
    samples: 400,
    eps0: 0.5,
    spread: 'ball',
    alpha: [],
  },
  seed: 0,
});
const describeData = (
  source: string,
  missing: Asked['reading']['missing'] = 'ask',
): Promise<Result<'data.describe'>> =>
  lab.request('data.describe', { data: asked(source, missing) });

it('opens a folder of pictures of every kind without a word on stderr', async () => {
  const view = await describeData(folder);
  expect(view).toMatchObject({
    classes: ['cold', 'warm'],
    classCounts: [40, 40],
    format: { code: 'data.formats.pictures' },
  });
  const { samples } = await lab.request('data.samples', {
    data: asked(folder),
    part: 'train',
    from: 0,
    count: 1,
    ofClass: 1,
  });
  const [red, , blue] = Buffer.from(samples[0]!.pixels, 'base64');
  expect([red! > 200, blue! < 60]).toEqual([true, true]);
  // sharp's own library would warn for every picture, and free none.
  expect(words).not.toMatch(/GLib/);
});

it('reads Parquet in its thread', async () => {
  const table = await describeData(join(tables, 'tables/people-zstd.parquet'), 'impute');
  expect(table).toMatchObject({ trainAvailable: 60, columns: expect.arrayContaining(['age']) });
  const shard = await describeData(join(tables, 'hf-train.parquet'));
  expect(shard).toMatchObject({ classes: ['cold', 'warm'], shape: [2, 3, 3] });
});
