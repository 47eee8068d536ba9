/** What all HTML reports are made of: a page that needs nothing else, and its simplest parts. */
import { textsIn } from '../contract/words/texts.ts';
import type { Language } from '../contract/words/texts.ts';
import { shareCell } from './document.ts';
import { escape, escapeWords } from './escape.ts';
import { STYLE } from './style.ts';

/** What turns the direction of words: a title is a text without any, and its reader shows them as boxes. */
const MARKS = /\p{Bidi_Control}/gu;

/** A whole document. @param title of one line @param parts of its body, as HTML */
export function reportPage(title: string, language: Language, parts: readonly string[]): string {
  const direction = textsIn(language)('language.direction');
  return [
    `<!doctype html><html lang="${language}" dir="${direction}">`,
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    // It may load its own style, and pictures that lie in it.
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'; img-src data:">',
    `<title>${escapeWords(title.replace(MARKS, ''))} · Label Noise Lab</title><style>${STYLE}</style></head><body>`,
    ...parts,
    '</body></html>\n',
  ].join('\n');
}

/** The title of a section. */
export const heading = (title: string): string => `<h2>${escapeWords(title)}</h2>`;

/** A text from outside, which keeps its own direction among words of any language. */
export const isolated = (text: string): string => `<bdi>${escape(text)}</bdi>`;

/** Names and their values. */
export function factList(entries: readonly (readonly [string, string])[]): string {
  const items = entries.map(
    ([key, value]) => `<div><dt>${isolated(key)}</dt><dd>${isolated(value)}</dd></div>`,
  );
  return `<dl>${items.join('')}</dl>`;
}

/** A matrix of shares. @param shares row by row, each adding up to 1 */
export function sharesTable(
  title: string,
  shares: readonly (readonly number[])[],
  classes: readonly string[],
): string {
  const head = classes.map(
    (name) => `<th scope="col" title="${escape(name)}">${escape(name)}</th>`,
  );
  const body = shares.map((row, label) => {
    const cells = row.map((share, other) => {
      // The square root lets a few percent be seen beside the diagonal, as in the window.
      const depth = share > 0 ? Math.round(8 + 62 * Math.sqrt(share)) : 0;
      const own = label === other ? ' class="own"' : '';
      return `<td${own} style="--share:${depth}%">${shareCell(share)}</td>`;
    });
    return `<tr><th scope="row">${escape(classes[label]!)}</th>${cells.join('')}</tr>`;
  });
  return (
    `<table><caption>${escapeWords(title)}</caption><thead><tr><td></td>${head.join('')}</tr></thead>` +
    `<tbody>${body.join('')}</tbody></table>`
  );
}
