/**
 * LaTeX reports are compiled by a TeX where there is one, in both languages: `npm run prove -- latex`
 * asks for one (Debian: texlive-luatex texlive-latex-extra texlive-pictures texlive-lang-arabic
 * fonts-freefont-otf), `npm test` takes what it finds.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  chart,
  logarithmic,
  numbers,
  phrase,
  seriesOf,
  shares,
} from '../../core/contract/drawing/parts.ts';
import type { FigureView } from '../../core/contract/messages/figures.ts';
import { comparisonDocument } from '../../core/report/comparison.ts';
import type { ReportDocument } from '../../core/report/document.ts';
import { figureDocument } from '../../core/report/figure-document.ts';
import { documentLatex } from '../../core/report/latex/document.ts';
import { runDocument } from '../../core/report/run-document.ts';
import { reportOf } from './report-view.ts';

const SPREAD = [
  { x: 1, y: 0.5, low: 0.4, high: 0.6 },
  { x: 10, y: 0.7, low: 0.6, high: 0.8 },
];
const isAsked = process.env['LAB_PROOFS'] === 'whole';
const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-latex-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A figure of every kind of picture, on axes of each scale. */
const FIGURE: FigureView = {
  id: 'sigma',
  settings: { angle: 40, levels: [0.1, 0.2] },
  state: 'complete',
  panels: [
    chart(
      'lines',
      phrase('chart.epoch'),
      { x: logarithmic(phrase('chart.epoch')), y: shares(phrase('chart.accuracy')) },
      [seriesOf(phrase('chart.test'), { level: 0.5 }, SPREAD, { draw: 'both', marksStart: true })],
      { rules: [{ axis: 'y', at: 0.5, name: phrase('chart.holdout') }] },
    ),
    {
      kind: 'histogram',
      id: 'bars',
      title: phrase('chart.loss'),
      x: numbers(phrase('chart.loss')),
      y: numbers(phrase('log.trainingSamples')),
      edges: [0, 1, 2],
      series: [{ name: phrase('chart.test'), ink: 'truth', counts: [3, 4] }],
    },
    {
      kind: 'heat',
      id: 'heat',
      title: phrase('chart.loss'),
      rows: ['a_1', 'b'],
      columns: ['c', 'd%'],
      values: [
        [1, 0.5],
        [0.5, 1],
      ],
      legend: phrase('chart.loss'),
    },
  ],
  facts: [{ name: phrase('chart.epoch'), value: 'λ(Σ) = 0.03, ‖W − W₀‖² ≤ 4' }],
  findings: [phrase('figures.partial')],
  folder: null,
};

/** Programs that compile a report in a language. */
const TEXS = { en: ['lualatex', 'pdflatex'], he: ['lualatex'] } as const;

function isThere(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function compile(program: string, document: ReportDocument, name: string): string {
  const args = ['-interaction=nonstopmode', '-halt-on-error', `-output-directory=${folder}`];
  const path = join(folder, `${name}.tex`);
  writeFileSync(path, documentLatex(document));
  execFileSync(program, [...args, path], {
    stdio: 'ignore',
    cwd: folder,
    timeout: 120_000,
    // Its log breaks words at column 79 otherwise.
    env: { ...process.env, max_print_line: '10000' },
  });
  return readFileSync(join(folder, `${name}.log`), 'latin1');
}

test('a line that marks its start has a mark at its first point alone', () => {
  const [lines] = FIGURE.panels;
  if (lines?.kind !== 'chart') throw new Error('The first picture is a chart.');
  const texOf = (marksStart: boolean) => {
    const series = lines.series.map((each) => ({ ...each, marksStart }));
    const panels = [{ ...lines, series }];
    return documentLatex(figureDocument({ ...FIGURE, panels }, 'en'));
  };
  expect(texOf(true)).toContain('mark indices={1}');
  expect(texOf(false)).not.toContain('mark indices');
});

for (const language of ['en', 'he'] as const) {
  for (const program of TEXS[language]) {
    test.skipIf(!isAsked && !isThere(program))(
      `${program} compiles reports in ${language}, every letter in a font`,
      () => {
        const hostile = reportOf('$x$ \\input{/etc/passwd} 100% a_b & "c" {}');
        const facts = { created: '2026-01-02', versions: {} };
        const documents = {
          run: runDocument(hostile, facts, language),
          figure: figureDocument(FIGURE, language),
          compared: comparisonDocument([reportOf('one'), reportOf('two', { seed: 2 })], language),
        };
        for (const [name, document] of Object.entries(documents)) {
          const log = compile(program, document, `${language}-${program}-${name}`);
          expect(log).toMatch(/Output written on .*\(\d+ pages?/);
          expect(log).not.toMatch(/Missing character|undefined/);
        }
      },
      240_000,
    );
  }
}
