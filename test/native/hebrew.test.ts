/** Command line and report in Hebrew: what a reader sees has no English left in it, and numbers stay in order. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const CLI = join(__dirname, '../../dist/core/cli.cjs');
let folder: string;
let run: string;

/** Runs the command line where the system speaks a language of its own. */
function labIn(locale: string, ...args: string[]) {
  const env = { ...process.env, LC_ALL: locale, LABEL_NOISE_LAB_RUNS: join(folder, 'runs') };
  const done = spawnSync(process.execPath, [CLI, ...args], { env, encoding: 'utf8' });
  return { code: done.status, out: done.stdout, err: done.stderr };
}
const lab = (...args: string[]) => labIn('C.UTF-8', ...args);

/** Latin words that a text may hold: names, and what is typed as it stands. */
const NAMES =
  /\b(MNIST|LeNet|IDX|Label Wave|Label Noise Lab|symmetric noise|conv\d|fc\d|dense\d?|output)\b/g;
const latinIn = (text: string): string[] => text.replace(NAMES, '').match(/[A-Za-z]{3,}/g) ?? [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-hebrew-'));
  run = join(folder, 'run');
  const sizes = ['train=500', 'test=200'].flatMap((size) => ['--set', `data.${size}`]);
  const { code, err } = lab(
    'run',
    'mnist-quick',
    ...sizes,
    ...['--set', 'training.epochs=6', '--out', run, '--language', 'he'],
  );
  expect(code, err).toBe(0);
  expect(err).toMatch(
    /אפוק \u20686\u2069 מתוך \u20686\u2069 {2}תוויות נתונות \u2068\d+\.\d%\u2069/,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('in Hebrew', () => {
  test('show tells the verdict and its table without an English word', () => {
    const { code, out } = lab('show', run, '--language', 'he');
    expect(code).toBe(0);
    expect(out).toMatch(/הסתיימה/);
    expect(out).toMatch(/^אפוק +נתונות +אמת +אימות +בדיקה +מרחק יחסי$/m);
    expect(latinIn(out)).toEqual([]);
    // What a program reads keeps its fields; sentences in it are Hebrew, with their codes beside.
    const told = JSON.parse(lab('show', run, '--json', '--language', 'he').out) as {
      row: { status: string };
      verdict: { reasons: string[]; why: { code: string }[] };
    };
    expect(told.row.status).toBe('finished');
    expect(told.verdict.reasons.join()).toMatch(/[א-ת]/);
    expect(told.verdict.why[0]!.code).toMatch(/^verdict\.reasons\./);
  });

  test('a report runs from right to left, with its charts from left to right', () => {
    const path = join(folder, 'report.html');
    expect(lab('report', run, '--out', path, '--language', 'he').code).toBe(0);
    const html = readFileSync(path, 'utf8');
    expect(html).toMatch(/^<!doctype html><html lang="he" dir="rtl">/);
    expect(html).toContain('<h2>אפוקים</h2>');
    expect(html).toContain('<bdi>data.source</bdi>');
    // Words in a chart are isolated, as its own direction is that of the axes.
    expect(html).toMatch(
      /<text [^>]*fill="var\(--given-text\)"[^>]*>\u2067[^<A-Za-z]+\u2069<\/text>/,
    );
    const [head = ''] = html.split('<h2>תצורה</h2>');
    const seen = head.replace(/<style>.*?<\/style>|<bdi>.*?<\/bdi>|<title>.*?<\/title>/gs, '');
    expect(latinIn(seen.replace(/<[^>]*>/g, ' '))).toEqual([]);
  });

  test('wrong usage is told, also where only the system speaks Hebrew', () => {
    const asked = lab('run', '--language', 'he');
    expect([asked.code, asked.out]).toEqual([2, '']);
    expect(asked.err).toMatch(/^חסר הארגומנט \u2068preset\|config\.json\u2069\n$/);
    const system = labIn('he_IL.UTF-8', 'analyze', 'x', '--chance', '2');
    expect(system.err).toMatch(/ערך לא תקין\. יש לתת מספר בין 0 ל־1\.\n$/);
    expect(labIn('he_IL.UTF-8', 'bogus', '--language', 'en').err).toBe("unknown command 'bogus'\n");
  });

  test('help is Hebrew for the program and for each command', () => {
    expect(lab('--help', '--language', 'he').out).toMatch(/^שימוש: [^]*\nאפשרויות:\n[^]*\nפקודות:/);
    expect(lab('figure', '--help', '--language', 'he').out).toMatch(/--dark +על רקע כהה/);
  });
});
