import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presets } from '../../core/kinds/presets.ts';
import { createLab } from '../../core/api/lab.ts';
import { paths } from '../../core/run-folder/files.ts';
import { pathsOfRuns } from '../../core/run-folder/list.ts';

let place: string;
let runs: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'lab-run-folder-'));
  runs = join(place, 'runs');
  makeRun(join(runs, 'one'), { source: '/data/one', reading: { labelsFile: '/labels/one.csv' } });
  makeRun(join(runs, 'two'), { source: 'mnist' });
  makeRun(join(place, 'elsewhere'), { source: '/data/elsewhere' });
  mkdirSync(join(runs, 'figures'));
  writeFileSync(join(runs, 'file'), '');
  symlinkSync(join(place, 'elsewhere'), join(runs, 'link'));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

function makeRun(folder: string, data: object): void {
  mkdirSync(folder, { recursive: true });
  const { config } = presets()[0]!;
  const stored = {
    config: { ...config, data: { ...config.data, ...data } },
    created: '2026-01-01T00:00:00Z',
    classes: ['0', '1'],
    shape: [2, 2, 1],
    versions: {},
  };
  writeFileSync(paths.config(folder), JSON.stringify(stored));
}

describe('the folder of a run', () => {
  it.each(['figures', 'file', 'link'])('is not %s, which is left alone', async (id) => {
    const lab = createLab(runs, () => undefined);
    const asks = [
      () => lab['runs.delete']({ id }),
      () => lab['runs.rename']({ id, name: 'x' }),
      () => lab['run.keepModel']({ id, epoch: 0 }),
      () =>
        lab['run.writeReport']({
          ids: [id],
          format: 'csv',
          language: 'en',
          path: join(place, 'x.csv'),
        }),
      () => lab['run.resume']({ id }),
    ];
    for (const ask of asks) {
      await expect(Promise.resolve().then(ask)).rejects.toThrow('is not a run; it is left alone');
    }
  });

  it('is deleted and restored where it is one, and told where it is none', async () => {
    const lab = createLab(runs, () => undefined);
    const ids = async () => (await lab['runs.list']({})).rows.map(({ id }) => id);
    await lab['runs.delete']({ id: 'two' });
    expect(await ids()).not.toContain('two');
    expect(() => lab['runs.delete']({ id: 'two' })).toThrow('There is no run two');
    await lab['runs.restore']({ id: 'two' });
    expect(await ids()).toContain('two');
    expect(() => lab['runs.restore']({ id: 'two' })).toThrow('There is no run two');
  });

  it('names in its config what may be read again', () => {
    expect(pathsOfRuns(runs).sort()).toEqual(['/data/elsewhere', '/data/one', '/labels/one.csv']);
    expect(pathsOfRuns(join(place, 'not-there'))).toEqual([]);
  });
});
