/** Texts as files hold them: UTF-8, UTF-16 or Latin-1, told apart by their bytes. */
import type { Phrase } from '../../contract/words/phrase.ts';
import { note } from '../../contract/words/notes.ts';
import { isUtf8 } from 'node:buffer';

/** A file's text. */
export interface Text {
  /** The text, in pieces of about a megabyte, without its byte order mark. */
  pieces: () => Generator<string>;
  /** What was guessed about its encoding, a sentence; null where it is UTF-8. */
  inferred: Phrase | null;
}

const PIECE = 2 ** 20;
const MARKS: readonly [encoding: string, mark: readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** Whether bytes are text: without zero bytes, or with a mark that says why there are some. */
export function isText(head: Uint8Array): boolean {
  return head.length > 0 && (encodingOf(head) !== null || !head.includes(0));
}

/** Decodes a file. @param whole all of its bytes */
export function decodeText(whole: Uint8Array): Text {
  const known = encodingOf(whole);
  const encoding = known ?? (isUtf8(whole) ? 'utf-8' : 'windows-1252');
  const inferred =
    encoding === 'utf-8' ? null : note(encoding === 'windows-1252' ? 'textLatin' : 'textUtf16');
  return { pieces: () => pieces(whole, encoding), inferred };
}

/** The encoding of text by its mark or its zero bytes; null where neither tells. */
export function encodingOf(bytes: Uint8Array): string | null {
  const marked = MARKS.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte));
  if (marked) return marked[0];
  // UTF-16 without a mark: every other byte of Latin letters, digits and commas is zero.
  const start = bytes.subarray(0, 64);
  const zeros = (from: number) => start.filter((byte, i) => i % 2 === from && byte === 0).length;
  if (start.length < 4 || zeros(0) + zeros(1) < start.length / 3) return null;
  if (zeros(0) === 0) return 'utf-16le';
  return zeros(1) === 0 ? 'utf-16be' : null;
}

function* pieces(bytes: Uint8Array, encoding: string): Generator<string> {
  const decoder = new TextDecoder(encoding);
  for (let at = 0; at < bytes.length; at += PIECE) {
    yield decoder.decode(bytes.subarray(at, at + PIECE), { stream: true });
  }
  yield decoder.decode();
}
