/** A report as one HTML file that needs nothing else: no script, no image, no network. */
import { inWords } from '../contract/words/phrase.ts';
import { chartSvg } from './chart-svg.ts';
import type { ChartPart, ReportPart, ReportDocument, SharesPart, ReportTable } from './document.ts';
import { escapeWords } from './escape.ts';
import type { Translate } from '../contract/words/texts.ts';
import { factList, heading, reportPage, sharesTable } from './page.ts';
import { REPORT_PALETTE } from './palette.ts';

/** The whole page. */
export function documentHtml({ title, subtitle, language, t, parts }: ReportDocument): string {
  return reportPage(title, language, [
    `<h1><bdi>${escapeWords(title)}</bdi></h1>${subtitle === '' ? '' : paragraph(subtitle, 'sub')}`,
    ...parts.map((part) => partHtml(part, t)),
  ]);
}

function partHtml(part: ReportPart, t: Translate): string {
  switch (part.kind) {
    case 'heading':
      return heading(part.words);
    case 'words':
      return paragraph(part.words, part.tone === 'soft' ? 'sub' : part.tone);
    case 'verdict':
      return verdictHtml(part);
    case 'list':
      return list(part.items);
    case 'facts':
      return factList(part.facts);
    case 'table':
      return tableHtml(part);
    case 'shares':
      return sharesHtml(part);
    case 'chart':
      return figureHtml(part, t);
  }
}

function paragraph(words: string, look?: string): string {
  return `<p${look ? ` class="${look}"` : ''}>${escapeWords(words)}</p>`;
}

function verdictHtml({ words, note }: { words: readonly string[]; note: string }): string {
  const sentences = words.map((one) => paragraph(one)).join('');
  return `<div class="verdict">${sentences}${note === '' ? '' : paragraph(note, 'sub')}</div>`;
}

function list(items: readonly string[]): string {
  return `<ul>${items.map((one) => `<li>${escapeWords(one)}</li>`).join('')}</ul>`;
}

function tableHtml({ title, head, rows, marked }: ReportTable): string {
  const caption = title ? `<caption>${escapeWords(title)}</caption>` : '';
  const heads = head.map((one) => `<th scope="col">${escapeWords(one)}</th>`).join('');
  const body = rows.map((cells, place) => {
    const mark = place === marked ? ' class="stopped"' : '';
    return `<tr${mark}>${cells.map((cell) => `<td>${escapeWords(cell)}</td>`).join('')}</tr>`;
  });
  return (
    `<div class="scroll"><table>${caption}<thead><tr>${heads}</tr></thead>` +
    `<tbody>${body.join('')}</tbody></table></div>`
  );
}

function sharesHtml({ classes, matrices }: SharesPart): string {
  const tables = matrices.map(({ title, shares }) => sharesTable(title, shares, classes));
  return `<div class="matrices scroll">${tables.join('')}</div>`;
}

function figureHtml({ spec, note }: ChartPart, t: Translate): string {
  const caption = `${escapeWords(inWords(spec.title, t))} <span>${escapeWords(note)}</span>`;
  const drawn = chartSvg(spec, t, REPORT_PALETTE);
  return `<figure><figcaption>${caption}</figcaption>${drawn}</figure>`;
}
