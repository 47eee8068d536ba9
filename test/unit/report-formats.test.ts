/** A report says the same in every format, and what it says from outside is never a command there. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { ChartSpec } from '../../core/contract/messages/charts.ts';
import type { DataView, RunView } from '../../core/contract/messages/records.ts';
import { readLog } from '../../core/logs/index.ts';
import { ownRows } from '../../core/logs/log.ts';
import { verdictOfLog } from '../../core/logs/verdict.ts';
import { comparisonDocument } from '../../core/report/comparison.ts';
import { dataDocument } from '../../core/report/data-document.ts';
import { documentFormat } from '../../core/report/index.ts';
import { logDocument } from '../../core/report/log-document.ts';
import { documentHtml } from '../../core/report/html.ts';
import { documentLatex } from '../../core/report/latex/document.ts';
import { escapeLatex, escapeRightToLeft } from '../../core/report/latex/escape.ts';
import { documentMarkdown } from '../../core/report/markdown.ts';
import { runDocument } from '../../core/report/run-document.ts';
import { UNKNOWN } from '../../core/stopping/known.ts';
import { reportOf } from './report-view.ts';

const HOSTILE = '$x$ \\input{/etc/passwd} 100% a_b & c # | <b> `d` [e](f) "g" ^~{}';
const facts = { created: '2026-01-02T03:04:05Z', versions: { tensorflow: '2.21.0' } };
const documentFor = (view: RunView, language: 'en' | 'he' = 'en') =>
  runDocument(view, facts, language);

test('Markdown has the numbers of every epoch, and a picture for every chart', () => {
  const { text, pictures } = documentMarkdown(documentFor(reportOf('A run')), 'my run');
  expect(text).toMatch(/^# A run\n/);
  const row = text.split('\n').find((line) => /^\| 5 +\|/.test(line))!;
  const cells = row.split('|').map((cell) => cell.trim());
  expect(cells.slice(1, 6)).toEqual(['5', '75.0%', '79.0%', '50.0%', '80.0%']);
  // The recommended epoch stands out.
  expect(text).toMatch(/\| \*\*3\*\* +\| +\*\*65\.0%\*\*/);
  expect(pictures.map(({ name }) => name)).toEqual([
    'my run-accuracy.svg',
    'my run-outcomes.svg',
    'my run-distance.svg',
  ]);
  for (const { name, text: svg } of pictures) {
    expect(text).toContain(`](${encodeURI(name)})`);
    expect(svg).toMatch(/^<svg .*<rect width="100%" height="100%" fill="#ffffff"\/>.*<\/svg>$/s);
    expect(svg).not.toContain('var(--');
  }
});

test('LaTeX plots the very numbers, shares in percent', () => {
  const view = reportOf('A run');
  const latex = documentLatex(documentFor(view));
  const plots = [...latex.matchAll(/coordinates \{([^}]*)\}[^\n]*\\addlegendentry\{([^}]*)\}/g)];
  const found = new Map(plots.map(([, points, name]) => [name, points!]));
  const expected = view.epochs.map(
    ({ record }) => `(${record.epoch},${Number((100 * record.testAccuracy!).toPrecision(6))})`,
  );
  expect(found.get('test')).toBe(expected.join(' '));
  expect(latex).toMatch(/^% .*lualatex/);
  expect(latex).toContain('\\toprule Epoch & As given & True');
});

test('a name from outside is text in each format', () => {
  const view = reportOf(HOSTILE);
  const latex = documentLatex(documentFor(view));
  expect(latex).not.toContain('\\input');
  expect(latex).toContain('\\$x\\$ \\textbackslash{}input\\{/etc/passwd\\} 100\\% a\\_b \\& c \\#');
  const { text } = documentMarkdown(documentFor(view), 'run');
  expect(text.split('\n')[0]).toContain('\\<b>');
  expect(text.split('\n')[0]).toContain('\\[e]\\(f)');
  expect(documentHtml(documentFor(view))).toContain('&lt;b&gt;');
});

test('LaTeX holds no sign that would command, whatever the text', () => {
  const commands =
    /\\(textbackslash|textasciicircum|textasciitilde|textless|textgreater|textbar|textquotedbl|textasciigrave|textquotesingle)\{\}|\\[{}$&#%_]|\{[-[\]]\}|\$(\\[A-Za-z]+|\^\\circ|[_^]\d|-)+\$|~/g;
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const rest = escapeLatex(text).replace(commands, '');
      expect(rest).not.toMatch(/[\\{}$&#%_^~\n]/);
      // From right to left there is one command more.
      const turned = escapeRightToLeft(text).replace(/\\babelsublr\{/g, '\\{');
      const opened = turned.replace(commands, '').replace(/\}/g, '');
      expect(opened).not.toMatch(/[\\{$&#%_^~\n]/);
    }),
  );
});

test('signs of formulas are mathematics, in any font', () => {
  expect(escapeLatex('5 $λ')).toBe('5 \\$$\\lambda$');
  expect(escapeLatex('‖W − W₀‖² ≤ λ(Σ)')).toBe(
    '$\\Vert$W $-$ W$_0\\Vert^2$ $\\leq$ $\\lambda$($\\Sigma$)',
  );
});

test('Hebrew goes from right to left, and what is isolated in it the other way', () => {
  expect(escapeRightToLeft('שלום \u206640 %\u2069 עולם')).toBe('שלום \\babelsublr{40 \\%} עולם');
  expect(escapeRightToLeft('0.16 ± 0.03')).toBe('\\babelsublr{0.16 $\\pm$ 0.03}');
  const html = documentHtml(documentFor(reportOf('A run'), 'he'));
  expect(html).toMatch(/<html lang="he" dir="rtl">/);
  expect(html).not.toContain('?');
});

test('several runs are compared, with mean and standard deviation over seeds', () => {
  const runs = [
    reportOf('one', { rate: 0.2, seed: 1, testAtStop: 0.8 }),
    reportOf('two', { rate: 0.2, seed: 2, testAtStop: 0.9 }),
    reportOf('three', { rate: 0.4, seed: 1, testAtStop: 0.5 }),
  ];
  const document = comparisonDocument(runs, 'en');
  expect(document.title.replace(/\p{Bidi_Control}/gu, '')).toBe('Compare 3 runs');
  const tables = document.parts.filter((part) => part.kind === 'table');
  const spread = tables.find(({ head }) => head[0] === 'Setting')!;
  // The deviation of 80 and 90 is 10 / sqrt(2).
  expect(spread.rows.map((row) => [row[0], row[1], row[3]])).toEqual([
    ['noise.rate 0.2', '2', '85.0\u00a0±\u00a07.1%'],
    ['noise.rate 0.4', '1', '50.0%'],
  ]);
  const charts = document.parts.filter((part) => part.kind === 'chart');
  expect(charts.map(({ spec }) => (spec as ChartSpec).series.length)).toEqual([3, 3, 3, 3]);
  const alone = comparisonDocument([runs[0]!, runs[2]!], 'en');
  expect(JSON.stringify(alone.parts)).not.toContain('Mean and spread');
});

test('a log is told with its charts, its columns and every row', async () => {
  const rows = [
    'epoch,acc,val_acc',
    '1,0.5,0.4',
    '2,0.6,0.55',
    '3,0.8,0.5',
    '4,0.9,0.45',
    '5,0.95,0.4',
  ];
  const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'a_log.csv');
  writeFileSync(path, rows.join('\n'));
  const log = await readLog(path, { columns: {} });
  const verdict = verdictOfLog(log, 100, UNKNOWN);
  const told = logDocument({ ...log, rows: ownRows(log), verdict }, 'a_log.csv', 'en');
  const { text, pictures } = documentMarkdown(told, 'log');
  expect(text).toMatch(/^# a_log\.csv\n/);
  expect(text).toContain(`keep epoch ${verdict!.epoch} (`);
  expect(text).toContain('holdoutAccuracy: val_acc');
  expect(text).toMatch(/\| 4 +\| +45\.0% \| +90\.0% \|/);
  expect(pictures.map(({ name }) => name)).toEqual(['log-accuracy.svg']);
});

test('a data set is told with its classes, repeats and wrong labels', () => {
  const data = {
    name: 'my_data',
    format: { code: 'data.formats.csv' },
    trainAvailable: 1000,
    testAvailable: 200,
    shape: [28, 28, 1],
    classes: ['cat', 'dog'],
    classCounts: [600, 400],
    trueCounts: [550, 450],
    testCounts: [120, 80],
    wrongLabels: 50,
    columns: [],
    missing: [{ column: 'age', count: 3 }],
    inferred: [],
  } as unknown as DataView;
  const { text } = documentMarkdown(
    dataDocument(data, { exact: 12, disagreeing: 5 } as never, 'en'),
    'd',
  );
  expect(text).toMatch(/50, 5\.0%/);
  expect(text).toMatch(/\| cat +\| +600 \| +550 \| +120 \|/);
  expect(text).toContain('repeat an earlier one: 12, 5 of them with another label');
  expect(text).toContain('Missing in age: 3');
});

test('a file whose name ends otherwise is refused before anything is computed', () => {
  expect(documentFormat('a/b.PDF').id).toBe('pdf');
  expect(() => documentFormat('a/b.docx')).toThrow('b.docx');
});
