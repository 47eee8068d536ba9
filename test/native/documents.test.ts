/** Documents: pages that are made from the program are current, and quick commands in them do what they say. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-documents-'));
afterAll(() => rmSync(folder, { recursive: true }));

function node(...args: string[]) {
  const env = { ...process.env, LABEL_NOISE_LAB_RUNS: join(folder, 'runs') };
  return spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8' });
}

test('the reference pages are current', () => {
  const { status, stderr } = node('build/guide.mjs', '--check');
  expect(stderr.replace(/^Bundling.*\n/gm, '')).toBe('');
  expect(status).toBe(0);
});

const QUICK = ['data mnist', 'runs', 'figure', 'figure 2 --out my-figure'];

test.each(QUICK)('%s, as a page of the guide says it', (command) => {
  const pages = readdirSync(join(ROOT, 'assets/guide')).filter((name) => name.endsWith('.md'));
  const texts = [join(ROOT, 'README.md'), ...pages.map((name) => join(ROOT, 'assets/guide', name))];
  expect(texts.some((path) => readFileSync(path, 'utf8').includes(`lab -- ${command}\n`))).toBe(
    true,
  );
  const args = command.replace(/my-\w+/, (name) => join(folder, name)).split(' ');
  const { status, stderr } = node(join(ROOT, 'dist/core/cli.cjs'), ...args);
  expect(status, stderr).toBe(0);
});

test('a figure is written in the five forms that the guide names', () => {
  const forms = ['csv', 'json', 'png', 'svg', 'tex'].map((form) => `figure-2.${form}`);
  expect(readdirSync(join(folder, 'my-figure')).sort()).toEqual(forms);
});

test('a figure is told in words where a report is asked for, and its end is looked at first', () => {
  const figure = [join(ROOT, 'dist/core/cli.cjs'), 'figure', 'constants', '--out', folder];
  const told = join(folder, 'told.md');
  expect(node(...figure, '--report', told).status).toBe(0);
  const text = readFileSync(told, 'utf8');
  const shown = [...text.matchAll(/!\[[^\]]*\]\((.*?)\)/g)].map(([, name]) => name!);
  expect(shown).toHaveLength(2);
  for (const name of shown) expect(readFileSync(join(folder, name), 'utf8')).toContain('<svg');
  expect(text).toContain('| λ(C)');
  const wrong = node(...figure, '--report', join(folder, 'told.doc'));
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toContain('.html, .pdf, .md, .tex');
});
