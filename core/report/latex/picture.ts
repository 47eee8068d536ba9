/** Any picture of a report in pgfplots, made of its numbers: it can be restyled in an article. */
import type { FigureHeat, FigureHistogram, FigurePanel } from '../../contract/messages/figures.ts';
import { inWords } from '../../contract/words/phrase.ts';
import type { Translate } from '../../contract/words/texts.ts';
import { axisOptions, hueOf, legendEntry, rounded, drawnNumber, SIZE } from './axis.ts';
import type { Words } from './axis.ts';
import { chartAxes } from './chart.ts';

/** The picture. @param say writes a text as LaTeX */
export function pictureLatex(
  panel: FigurePanel,
  t: Translate,
  say: (text: string) => string,
): string {
  const words: Words = (phrase) => say(inWords(phrase, t));
  return ['\\begin{tikzpicture}', ...axesOf(panel, words, say), '\\end{tikzpicture}'].join('\n');
}

function axesOf(panel: FigurePanel, words: Words, say: (text: string) => string): string[] {
  switch (panel.kind) {
    case 'chart':
      return chartAxes(panel, words);
    case 'histogram':
      return histogramAxes(panel, words);
    case 'heat':
      return heatAxes(panel, words, say);
  }
}

/** Bars between edges: the last edge only ends the last bar. */
function histogramAxes({ x, y, edges, series }: FigureHistogram, words: Words): string[] {
  const bars = (counts: readonly number[]): string =>
    edges.map((edge, i) => `(${drawnNumber(edge, x)},${drawnNumber(counts[i] ?? 0, y)})`).join(' ');
  return [
    `\\begin{axis}[${[SIZE, ...axisOptions(x, y, words)].join(', ')}]`,
    ...series.map(({ name, ink, counts }) => {
      const look = `ybar interval, draw=${hueOf(ink)}, fill=${hueOf(ink)}, fill opacity=0.5`;
      return `\\addplot[${look}] coordinates {${bars(counts)}};${legendEntry(words(name))}`;
    }),
    '\\end{axis}',
  ];
}

/** Colours by number; rows from the top, as a matrix is read. */
function heatAxes(
  { rows, columns, values, legend, range }: FigureHeat,
  words: Words,
  say: (text: string) => string,
): string[] {
  const cells = values.flatMap((row, r) =>
    row.map((value, c) => `(${c},${r}) [${rounded(value)}]`),
  );
  const names = (all: readonly string[]): string => all.map((name) => `{${say(name)}}`).join(',');
  const options = [
    'width=0.7\\linewidth, enlargelimits=false, y dir=reverse, axis on top',
    `xtick={0,...,${columns.length - 1}}, xticklabels={${names(columns)}}`,
    `ytick={0,...,${rows.length - 1}}, yticklabels={${names(rows)}}`,
    'tick label style={font=\\footnotesize}, x tick label style={rotate=45, anchor=east}',
    `colorbar, colormap/viridis, colorbar style={ylabel={${words(legend)}}}`,
    ...(range ? [`point meta min=${range[0]}, point meta max=${range[1]}`] : []),
  ];
  return [
    `\\begin{axis}[${options.join(', ')}]`,
    `\\addplot[matrix plot*, point meta=explicit, mesh/cols=${columns.length}] coordinates {${cells.join(' ')}};`,
    '\\end{axis}',
  ];
}
