import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGrants } from '../../../electron/grants.ts';
import type { Grants } from '../../../electron/grants.ts';

let folder: string;
let file: string;
let data: string;
let ofRuns: string[];
/** How often runs were asked what they name. */
let asked: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-grants-'));
  [file, data] = [join(folder, 'profile', 'opened.json'), join(folder, 'data')];
  mkdirSync(join(data, 'cats'), { recursive: true });
  writeFileSync(join(data, 'cats', '1.png'), '');
  writeFileSync(join(folder, 'data-of-others.csv'), '');
  [ofRuns, asked] = [[], 0];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (): Grants =>
  createGrants(file, async () => {
    asked++;
    return ofRuns;
  });
const REFUSED = 'choose it with Open file or Open folder, or drop it on the window.';

describe('what the page may have read', () => {
  it('is nothing at first, and one sentence says what to do', async () => {
    await expect(open().check([data])).rejects.toThrow(
      `The window may not read ${JSON.stringify(data)}: ${REFUSED}`,
    );
    await expect(open().check(['x'.repeat(4000)])).rejects.toThrow(/^.{0,300}$/);
    await open().check([]);
  });

  it('is what was opened and what lies below, however it is written', async () => {
    const grants = open();
    grants.grant(`${data}/cats/..`);
    await grants.check([data, `${data}/`, join(data, 'cats', '1.png'), join(data, 'not-there')]);
    expect(asked).toBe(0);
  });

  it.each([
    ['a neighbour', () => join(folder, 'data-of-others.csv')],
    ['the folder above', () => folder],
    ['a way out', () => `${data}/cats/../../data-of-others.csv`],
    ['the root', () => '/'],
    ['a relative path', () => 'data-of-others.csv'],
    ['a share', () => '\\\\server\\share\\data.csv'],
  ])('is not %s', async (_, path) => {
    const grants = open();
    grants.grant(data);
    await expect(grants.check([data, path()])).rejects.toThrow(REFUSED);
  });

  it('is not where a link in it leads, but a link that was opened is', async () => {
    symlinkSync(join(folder, 'data-of-others.csv'), join(data, 'link.csv'));
    symlinkSync(data, join(folder, 'linked'));
    const grants = open();
    grants.grant(data);
    await expect(grants.check([join(data, 'link.csv')])).rejects.toThrow(REFUSED);
    grants.grant(join(folder, 'linked'));
    await grants.check([join(folder, 'linked', 'cats')]);
    grants.grant(join(data, 'link.csv'));
    await grants.check([join(data, 'link.csv')]);
  });

  it('is what configs of runs name, exactly', async () => {
    ofRuns = [join(folder, 'data-of-others.csv'), data];
    const grants = open();
    await grants.check([data]);
    await grants.check(ofRuns);
    expect(asked).toBe(1);
    await expect(grants.check([join(data, 'cats')])).rejects.toThrow(REFUSED);
  });

  it('is kept for the next start, unless it was forgotten', async () => {
    const grants = open();
    grants.grant(data);
    grants.grant(join(folder, 'data-of-others.csv'));
    grants.forget(data);
    grants.forget('/never/opened');
    await grants.check([data]);
    const next = open();
    await next.check([join(folder, 'data-of-others.csv')]);
    await expect(next.check([data])).rejects.toThrow(REFUSED);
    await expect(next.check(['/never/opened'])).rejects.toThrow(REFUSED);
  });

  it('is bounded; what is in use is not the first to be forgotten', async () => {
    mkdirSync(join(folder, 'profile'));
    writeFileSync(file, JSON.stringify(Array.from({ length: 300 }, (_, i) => `/data/${i}`)));
    const grants = open();
    await grants.check(['/data/199']);
    grants.grant('/data/new');
    await grants.check(['/data/new', '/data/199', '/data/197']);
    await expect(grants.check(['/data/198'])).rejects.toThrow(REFUSED);
    await expect(grants.check(['/data/200'])).rejects.toThrow(REFUSED);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveLength(200);
  });

  it.each(['', '{', '{"a":1}', '[1]'])('is nothing where the file holds %j', async (text) => {
    mkdirSync(join(folder, 'profile'));
    writeFileSync(file, text);
    await expect(open().check([data])).rejects.toThrow(REFUSED);
  });
});
