/** Texts as they may stand in LaTeX: whatever they hold, none of it is a command. */
import { printable } from '../../contract/words/plain.ts';

const SIGNS: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\textquotedbl{}',
  '`': '\\textasciigrave{}',
  "'": '\\textquotesingle{}',
  '[': '{[}',
  ']': '{]}',
  // Signs of our own texts that not every font of TeX has.
  '○': '$\\circ$',
  '→': '$\\to$',
  '≤': '$\\leq$',
  '≥': '$\\geq$',
  '±': '$\\pm$',
  '×': '$\\times$',
  '\u00a0': '~',
  // Two or three hyphens would become a dash.
  '-': '{-}',
};

/** What isolates a part of a sentence from its direction. */
const ISOLATES = /\u2066([^\u2066-\u2069]*)\u2069/g;
const BARE_MARKS = /[\u200e\u200f\u061c\u2066-\u2069]/g;

/** A text of a document that is written from left to right. */
export function escapeLatex(text: string): string {
  return printable(text)
    .replace(BARE_MARKS, '')
    .replace(/[\\{}$&#%_^~<>|"`'[\]\u00a0○→≤≥±×-]/g, (sign) => SIGNS[sign]!)
    .replace(/[\t\n ]+/g, ' ');
}

/** A text of one that is written from right to left: what is isolated in it goes the other way. */
export function escapeRightToLeft(text: string): string {
  // Numbers and names without a letter of the language, as in a table's cell, keep their own order.
  if (!/\p{Script=Hebrew}/u.test(text)) return `\\babelsublr{${escapeLatex(text)}}`;
  const parts = printable(text).split(ISOLATES);
  // Every second part stood between isolates.
  return parts
    .map((part, i) => (i % 2 === 1 ? `\\babelsublr{${escapeLatex(part)}}` : escapeLatex(part)))
    .join('');
}

/** The same, with places where a long name or path may be broken. @param escaped by one of the above */
export const breakable = (escaped: string): string =>
  escaped.replace(/(\\_|\{-\}|[/.,:])(?=\S)/g, '$1\\allowbreak{}');
