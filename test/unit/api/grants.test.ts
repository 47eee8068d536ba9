import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGrants } from '../../../core/api/grants.ts';
import type { Grants } from '../../../core/api/grants.ts';

let folder: string;
let file: string;
let data: string;
let ofRuns: string[];
/** What could not be kept. */
let warned: unknown[];
/** How often runs were asked what they name. */
let asked: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-grants-'));
  [file, data] = [join(folder, 'profile', 'opened.json'), join(folder, 'data')];
  mkdirSync(join(data, 'cats'), { recursive: true });
  writeFileSync(join(data, 'cats', '1.png'), '');
  writeFileSync(join(folder, 'data-of-others.csv'), '');
  [ofRuns, warned, asked] = [[], [], 0];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (): Grants =>
  createGrants(
    file,
    () => {
      asked++;
      return ofRuns;
    },
    (error) => warned.push(error),
  );
const REFUSED = 'choose it with Open file or Open folder, or drop it on the window.';

describe('what the page may have read', () => {
  it('is nothing at first, and one sentence says what to do', () => {
    expect(() => open().check([data])).toThrow(
      `The window may not read ${JSON.stringify(data)}: ${REFUSED}`,
    );
    expect(() => open().check(['x'.repeat(4000)])).toThrow(/^.{0,300}$/);
    open().check([]);
  });

  it('is what was opened and what lies below, however it is written', () => {
    const grants = open();
    grants.grant(`${data}/cats/..`);
    grants.check([data, `${data}/`, join(data, 'cats', '1.png'), join(data, 'not-there')]);
    expect(asked).toBe(0);
  });

  it.each([
    ['a neighbour', () => join(folder, 'data-of-others.csv')],
    ['the folder above', () => folder],
    ['a way out', () => `${data}/cats/../../data-of-others.csv`],
    ['the root', () => '/'],
    ['a relative path', () => 'data-of-others.csv'],
    ['a share', () => '\\\\server\\share\\data.csv'],
  ])('is not %s', (_, path) => {
    const grants = open();
    grants.grant(data);
    expect(() => grants.check([data, path()])).toThrow(REFUSED);
  });

  it('is not where a link in it leads, but a link that was opened is', () => {
    symlinkSync(join(folder, 'data-of-others.csv'), join(data, 'link.csv'));
    symlinkSync(data, join(folder, 'linked'));
    const grants = open();
    grants.grant(data);
    expect(() => grants.check([join(data, 'link.csv')])).toThrow(REFUSED);
    grants.grant(join(folder, 'linked'));
    grants.check([join(folder, 'linked', 'cats')]);
    grants.grant(join(data, 'link.csv'));
    grants.check([join(data, 'link.csv')]);
  });

  it('is what configs of runs name, exactly', () => {
    ofRuns = [join(folder, 'data-of-others.csv'), data];
    const grants = open();
    grants.check([data]);
    grants.check(ofRuns);
    expect(asked).toBe(1);
    expect(() => grants.check([join(data, 'cats')])).toThrow(REFUSED);
  });

  it('is kept for the next start, unless it was forgotten', () => {
    const grants = open();
    grants.grant(data);
    grants.grant(join(folder, 'data-of-others.csv'));
    grants.forget(data);
    grants.forget('/never/opened');
    grants.check([data]);
    const next = open();
    next.check([join(folder, 'data-of-others.csv')]);
    expect(() => next.check([data])).toThrow(REFUSED);
    expect(() => next.check(['/never/opened'])).toThrow(REFUSED);
  });

  it('is bounded; what is in use is not the first to be forgotten', () => {
    mkdirSync(join(folder, 'profile'));
    writeFileSync(file, JSON.stringify(Array.from({ length: 300 }, (_, i) => `/data/${i}`)));
    const grants = open();
    grants.check(['/data/199']);
    grants.grant('/data/new');
    grants.check(['/data/new', '/data/199', '/data/197']);
    expect(() => grants.check(['/data/198'])).toThrow(REFUSED);
    expect(() => grants.check(['/data/200'])).toThrow(REFUSED);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveLength(200);
  });

  it('holds until the lab is closed where a disk takes no more, and that is told', () => {
    writeFileSync(join(folder, 'profile'), 'no folder');
    const grants = open();
    grants.grant(data);
    grants.check([data]);
    expect(warned).toHaveLength(1);
    expect(() => open().check([data])).toThrow(REFUSED);
  });

  it.each(['', '{', '{"a":1}', '[1]'])('is nothing where the file holds %j', (text) => {
    mkdirSync(join(folder, 'profile'));
    writeFileSync(file, text);
    expect(() => open().check([data])).toThrow(REFUSED);
  });
});
