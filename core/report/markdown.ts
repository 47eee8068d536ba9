/** A report as Markdown (GitHub's, with tables), its charts as pictures beside it. */
import type { PhrasingContent, RootContent, TableRow } from 'mdast';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { toMarkdown } from 'mdast-util-to-markdown';
import { paletteOf } from '../contract/drawing/palette.ts';
import { inWords } from '../contract/words/phrase.ts';
import { printable } from '../contract/words/plain.ts';
import type { Translate } from '../contract/words/texts.ts';
import { chartSvg } from './chart-svg.ts';
import { shareCell } from './document.ts';
import type { ChartPart, ReportPart, ReportDocument, SharesPart, ReportTable } from './document.ts';
import type { ReportFile } from './format.ts';

const PALETTE = paletteOf(false);
const FONT = 'system-ui, sans-serif';

/** The text and its pictures. @param stem what the pictures' names begin with */
export function documentMarkdown(
  document: ReportDocument,
  stem: string,
): { text: string; pictures: ReportFile[] } {
  const pictures: ReportFile[] = [];
  const take = ({ spec }: ChartPart): string => {
    const name = `${stem}-${spec.id}.svg`;
    pictures.push({ name, text: onPaper(chartSvg(spec, document.t, PALETTE, FONT)) });
    return name;
  };
  const children = [
    heading(document.title, 1),
    ...maybe(document.subtitle),
    ...document.parts.flatMap((part) => nodesOf(part, document.t, take)),
  ];
  const tables = gfmTableToMarkdown();
  return { text: toMarkdown({ type: 'root', children }, { extensions: [tables] }), pictures };
}

/** A reader's page may be dark, and the drawing's words are. */
const onPaper = (svg: string): string =>
  svg.replace('>', `><rect width="100%" height="100%" fill="${PALETTE.surface}"/>`);

function nodesOf(
  part: ReportPart,
  t: Translate,
  take: (chart: ChartPart) => string,
): RootContent[] {
  switch (part.kind) {
    case 'heading':
      return [heading(part.words, 2)];
    case 'words':
      return [paragraph(part.words)];
    case 'verdict':
      return [{ type: 'blockquote', children: verdictOf(part) }];
    case 'list':
      return [list(part.items)];
    case 'facts':
      // A name and its value have no heads: the list says each with its own.
      return [list(part.facts.map(([name, value]) => `${name}: ${value}`.trimEnd()))];
    case 'table':
      return tableOf(part);
    case 'shares':
      return sharesOf(part);
    case 'chart':
      return chartOf(part, t, take);
  }
}

const text = (value: string): PhrasingContent => ({ type: 'text', value: printable(value) });
const strong = (value: string): PhrasingContent => ({ type: 'strong', children: [text(value)] });

function heading(words: string, depth: 1 | 2): RootContent {
  return { type: 'heading', depth, children: [text(words)] };
}

const paragraph = (words: string) => ({ type: 'paragraph' as const, children: [text(words)] });

/** Nothing where there are no words. */
const maybe = (words: string) => (words === '' ? [] : [paragraph(words)]);

function verdictOf({ words, note }: { words: readonly string[]; note: string }) {
  const sentences = words.map((one) => ({
    type: 'paragraph' as const,
    children: [strong(one)],
  }));
  return [...sentences, ...maybe(note)];
}

function list(items: readonly string[]): RootContent {
  return {
    type: 'list',
    spread: false,
    children: items.map((one) => ({ type: 'listItem', children: [paragraph(one)] })),
  };
}

function tableOf({ title, head, rows, marked }: ReportTable): RootContent[] {
  const row = (cells: readonly string[], isMarked = false): TableRow => ({
    type: 'tableRow',
    children: cells.map((cell) => ({
      type: 'tableCell',
      children: [isMarked ? strong(cell) : text(cell)],
    })),
  });
  const align = head.map((_, place) => (place === 0 ? 'left' : 'right'));
  const children = [row(head), ...rows.map((cells, place) => row(cells, place === marked))];
  return [...(title ? [paragraph(title)] : []), { type: 'table', align, children }];
}

function sharesOf({ classes, matrices }: SharesPart): RootContent[] {
  return matrices.flatMap(({ title, shares }) =>
    tableOf({
      kind: 'table',
      title,
      head: ['', ...classes],
      rows: shares.map((row, label) => [classes[label]!, ...row.map(shareCell)]),
    }),
  );
}

function chartOf(part: ChartPart, t: Translate, take: (chart: ChartPart) => string): RootContent[] {
  const title = printable(inWords(part.spec.title, t));
  const picture = { type: 'image' as const, url: encodeURIComponent(take(part)), alt: title };
  return [
    { type: 'paragraph', children: [strong(title)] },
    { type: 'paragraph', children: [picture] },
    ...maybe(part.note),
  ];
}
