/** A report as a LaTeX document: booktabs for tables, pgfplots for charts. */
import { inWords } from '../../contract/words/phrase.ts';
import type { Language } from '../../contract/words/texts.ts';
import { shareCell } from '../document.ts';
import type {
  ChartPart,
  FactsPart,
  ReportPart,
  ReportDocument,
  SharesPart,
  ReportTable,
} from '../document.ts';
import { pictureLatex } from './picture.ts';
import { breakable, escapeLatex, escapeRightToLeft } from './escape.ts';

/** Signs that a column of a table is counted to hold. */
const [NARROWEST, WIDEST] = [7, 30];

type Say = (text: string) => string;

/** Fonts with Hebrew letters, of which TeX systems have one or another. */
const HEBREW_FONTS = ['FreeSerif', 'David CLM', 'Times New Roman'];

/** The whole document, for LuaLaTeX; in English also for pdfLaTeX. */
export function documentLatex(document: ReportDocument): string {
  const { title, subtitle, language, t, parts } = document;
  const say = language === 'he' ? escapeRightToLeft : escapeLatex;
  return [
    `% ${t('report.compile')}`,
    ...PREAMBLE,
    ...LANGUAGES[language],
    '\\begin{document}',
    `\\section*{${say(title)}}`,
    `\\noindent ${say(subtitle)}\\par`,
    ...parts.map((part) => partLatex(part, document, say)),
    '\\end{document}',
    '',
  ].join('\n');
}

const PREAMBLE = [
  '\\documentclass[a4paper,11pt]{article}',
  '\\usepackage{iftex}',
  '\\ifPDFTeX\\usepackage[T1]{fontenc}\\usepackage{lmodern,textcomp}\\fi',
  '\\usepackage[margin=25mm]{geometry}',
  '\\usepackage{booktabs,longtable,array,graphicx,pgfplots}',
  '\\pgfplotsset{compat=1.17}',
  '\\setlength{\\parindent}{0pt}\\setlength{\\parskip}{4pt}',
];

const LANGUAGES: Record<Language, readonly string[]> = {
  en: ['\\usepackage[english]{babel}'],
  he: [
    '\\usepackage{fontspec}',
    '\\usepackage[bidi=basic,layout=tabular.lists.graphics,provide=*,english,main=hebrew]{babel}',
    ...hebrewFont(HEBREW_FONTS),
  ],
};

/** The first that is there; without any, TeX says which letters it lacks. */
function hebrewFont([name, ...others]: readonly string[]): string[] {
  if (name === undefined) return [];
  const next = hebrewFont(others).join('');
  return [`\\IfFontExistsTF{${name}}{\\babelfont{rm}{${name}}}{${next}}`];
}

function partLatex(part: ReportPart, { t, language }: ReportDocument, say: Say): string {
  switch (part.kind) {
    case 'heading':
      return `\\subsection*{${say(part.words)}}`;
    case 'words':
      return `${part.tone === 'soft' ? '{\\small ' : '{'}${say(part.words)}\\par}`;
    case 'verdict':
      return verdictLatex(part, say);
    case 'list':
      return [
        '\\begin{itemize}',
        ...part.items.map((one) => `\\item ${say(one)}`),
        '\\end{itemize}',
      ].join('\n');
    case 'facts':
      return factsLatex(part, say);
    case 'table':
      return tableLatex(part, say);
    case 'shares':
      return sharesLatex(part, say);
    case 'chart':
      return figureLatex(part, t, language, say);
  }
}

function verdictLatex(
  { words, note }: { words: readonly string[]; note: string },
  say: Say,
): string {
  const sentences = words.map((one) => `{\\large\\bfseries ${say(one)}\\par}`);
  return [
    '\\begin{quote}',
    ...sentences,
    ...(note ? [`{\\small ${say(note)}\\par}`] : []),
    '\\end{quote}',
  ].join('\n');
}

/** Breaks where the page ends, with its head again on the next. */
function tableLatex({ title, head, rows, marked }: ReportTable, say: Say): string {
  const line = (cells: readonly string[], isMarked = false): string =>
    `${cells.map((cell) => (isMarked ? `\\textbf{${say(cell)}}` : say(cell))).join(' & ')} \\\\`;
  const [first, ...others] = sharesOf([head, ...rows]);
  const column = (side: 'left' | 'right', share: number): string =>
    `>{\\ragged${side}\\arraybackslash}p{\\dimexpr ${share.toFixed(3)}\\linewidth-2\\tabcolsep}`;
  // What is ragged at its left stands at the right, as numbers do.
  const columns = column('right', first!) + others.map((share) => column('left', share)).join('');
  return [
    ...(title ? [`\\textbf{${say(title)}}\\par\\nopagebreak`] : []),
    `{\\small\\begin{longtable}{${columns}}`,
    `\\toprule ${line(head)} \\midrule\\endhead`,
    '\\bottomrule\\endfoot',
    ...rows.map((cells, place) => line(cells, place === marked)),
    '\\end{longtable}}',
  ].join('\n');
}

/** Of the page's width, by the longest cell of each column, whose words may break where it is long. */
function sharesOf(rows: readonly (readonly string[])[]): number[] {
  const widths = rows[0]!.map((_, column) =>
    Math.min(WIDEST, Math.max(NARROWEST, ...rows.map((row) => row[column]!.length))),
  );
  const all = widths.reduce((a, b) => a + b, 0);
  return widths.map((width) => (0.94 * width) / all);
}

/** As wide as it is, at most a page. */
function sharesLatex({ classes, matrices }: SharesPart, say: Say): string {
  const tables = matrices.map(({ title, shares }) =>
    [
      `\\textbf{${say(title)}}\\par\\nopagebreak`,
      '\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{\\small',
      `\\begin{tabular}{l*{${classes.length}}{r}}\\toprule`,
      `${['', ...classes].map(say).join(' & ')} \\\\ \\midrule`,
      ...shares.map(
        (row, label) => `${[classes[label]!, ...row.map(shareCell)].map(say).join(' & ')} \\\\`,
      ),
      '\\bottomrule\\end{tabular}}\\par',
    ].join('\n'),
  );
  return tables.join('\n');
}

function factsLatex({ facts }: FactsPart, say: Say): string {
  const column = '>{\\raggedright\\arraybackslash}p';
  return [
    `{\\footnotesize\\begin{longtable}{${column}{0.36\\linewidth}${column}{0.54\\linewidth}}`,
    ...facts.map(([name, value]) => `${breakable(say(name))} & ${breakable(say(value))} \\\\`),
    '\\end{longtable}}',
  ].join('\n');
}

/** Where it stands in the text: a report has no place for it to float to. */
function figureLatex(
  { spec, note }: ChartPart,
  t: ReportDocument['t'],
  language: Language,
  say: Say,
): string {
  const picture = pictureLatex(spec, t, say);
  return [
    '\\begin{center}\\begin{minipage}{\\linewidth}\\centering',
    `\\textbf{${say(inWords(spec.title, t))}}\\par\\medskip`,
    // A picture runs from left to right in any language; its words turn by themselves.
    language === 'he' ? `{\\selectlanguage{english}${picture}}` : picture,
    `\\par{\\small ${say(note)}\\par}`,
    '\\end{minipage}\\end{center}',
  ].join('\n');
}
