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
import { comparisonDocument } from '../../core/report/comparison.ts';
import type { ReportDocument } from '../../core/report/document.ts';
import { documentLatex } from '../../core/report/latex/document.ts';
import { runDocument } from '../../core/report/run-document.ts';
import { reportOf } from './report-view.ts';

const isAsked = process.env['LAB_PROOFS'] === 'whole';
const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-latex-'));
afterAll(() => rmSync(folder, { recursive: true }));

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
  execFileSync(program, [...args, path], { stdio: 'ignore', cwd: folder, timeout: 120_000 });
  return readFileSync(join(folder, `${name}.log`), 'latin1');
}

for (const language of ['en', 'he'] as const) {
  for (const program of TEXS[language]) {
    test.skipIf(!isAsked && !isThere(program))(
      `${program} compiles reports in ${language}, every letter in a font`,
      () => {
        const hostile = reportOf('$x$ \\input{/etc/passwd} 100% a_b & "c" {}');
        const facts = { created: '2026-01-02', versions: {} };
        const documents = {
          run: runDocument(hostile, facts, language),
          compared: comparisonDocument([reportOf('one'), reportOf('two', { seed: 2 })], language),
        };
        for (const [name, document] of Object.entries(documents)) {
          const log = compile(program, document, `${language}-${program}-${name}`);
          expect(log).toMatch(/Output written on .*\(\d+\s+pages?/s);
          expect(log).not.toMatch(/Missing character|undefined/);
        }
      },
      240_000,
    );
  }
}
