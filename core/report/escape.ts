/** Texts as they may stand in HTML. */
import { plain, printable } from '../contract/words/plain.ts';

/** Text from outside that may stand in HTML and its attributes. */
export const escape = (text: string): string => escapeWords(plain(text));

/** Words of ours, with the marks that keep Hebrew in order. Texts from outside in them must be `plain`. */
export function escapeWords(text: string): string {
  const codes: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return printable(text).replace(/[&<>"']/g, (character) => codes[character]!);
}
