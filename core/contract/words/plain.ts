/**
 * Texts from outside (names of runs, files, classes, columns; what a library says) as one harmless
 * line: what would steer a terminal, break the line or turn its direction is shown as a mark.
 */

/** Stands for a sign that is not shown. */
const MARK = '?';

/** Control signs (C0, DEL, C1), ends of lines and paragraphs, and all that turn the direction of text. */
const UNSAFE = /[\p{Cc}\u2028\u2029\p{Bidi_Control}]/gu;

/** The same without a new line, and without the isolates and marks that our own texts are written with. */
const UNSAFE_IN_OURS = /(?!\n)[\p{Cc}\u2028\u2029\u202a-\u202e]/gu;

/** The longest sentence that is told. */
const MOST = 1000;

/** The longest value that a sentence repeats. */
const MOST_QUOTED = 80;

/** A text from outside, to stand in a line of ours. */
export function plain(text: string): string {
  return text.replace(UNSAFE, MARK);
}

/** Lines of ours, in which a text from outside may have been forgotten: none steers the terminal. */
export function printable(text: string): string {
  return text.replace(UNSAFE_IN_OURS, MARK);
}

/** A text cut in its middle, since a sentence begins with the place and ends with the cure. */
export function shortened(text: string, most = MOST): string {
  if (text.length <= most) return text;
  const end = Math.floor(most / 3);
  const cut = `${text.slice(0, most - end - 3)} … ${text.slice(text.length - end)}`;
  // A sign that was cut in half is none.
  return cut.replace(/\p{Cs}/gu, '');
}

/** A value as a sentence repeats it: as JSON, and not much of it. */
export function quoted(value: unknown): string {
  return shortened(plain(JSON.stringify(value) ?? String(value)), MOST_QUOTED);
}
