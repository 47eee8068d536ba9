/** Names in zip archives that do not say their encoding: older programs wrote that of their system. */
import type { Phrase } from '../../contract/words/phrase.ts';
import { doubt, note } from '../../contract/words/notes.ts';
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** An encoding of file names. */
export interface NameEncoding {
  /** As iconv-lite calls it. */
  encoding: string;
  /** What is to be said of the guess; null where it is none. */
  inferred: Phrase | null;
}

/** How well bytes fit an encoding: 0 not at all, 1 as usual texts do. */
type Score = (names: readonly Uint8Array[]) => number;

/** Below this nothing fits, and names are read as the format's own encoding. */
const LEAST = 0.4;
/** So many Hangul in a row are no Chinese by chance. */
const SURELY_KOREAN = 6;

const within = (byte: number, from: number, to: number): boolean => byte >= from && byte <= to;

/** The mean over pairs of bytes; 0 where one is none. @param rate 0 to 1, or null for no character */
const pairs =
  (rate: (lead: number, trail: number) => number | null, alone: (byte: number) => number | null) =>
  (names: readonly Uint8Array[]): number => {
    let [sum, count] = [0, 0];
    for (const name of names) {
      for (let i = 0; i < name.length; i++) {
        const lead = name[i]!;
        if (lead < 0x80) continue;
        const rated = alone(lead) ?? (i + 1 < name.length ? rate(lead, name[++i]!) : null);
        if (rated === null) return 0;
        sum += rated;
        count++;
      }
    }
    return count === 0 ? 0 : sum / count;
  };

const never = () => null;

/** GB 2312's common characters, its rare ones, and what GBK added. */
const gbk: Score = pairs((lead, trail) => {
  if (!within(lead, 0x81, 0xfe) || !within(trail, 0x40, 0xfe) || trail === 0x7f) return null;
  if (trail < 0xa1) return 0.1;
  return within(lead, 0xb0, 0xd7) ? 1 : within(lead, 0xd8, 0xf7) ? 0.4 : 0.1;
}, never);

const big5: Score = pairs((lead, trail) => {
  if (!within(lead, 0xa1, 0xf9)) return null;
  if (!within(trail, 0x40, 0x7e) && !within(trail, 0xa1, 0xfe)) return null;
  return within(lead, 0xa4, 0xc6) ? 0.9 : 0.3;
}, never);

const hangul = pairs((lead, trail) => {
  if (!within(lead, 0xa1, 0xfd) || !within(trail, 0xa1, 0xfe)) return null;
  return within(lead, 0xb0, 0xc8) ? 1 : 0.2;
}, never);

const korean: Score = (names) => {
  const bytes = names.reduce((all, name) => all + name.filter((byte) => byte >= 0x80).length, 0);
  return hangul(names) * (bytes >= 2 * SURELY_KOREAN ? 1.05 : 0.95);
};

const japanese: Score = pairs(
  (lead, trail) => {
    if (!within(lead, 0x81, 0x9f) && !within(lead, 0xe0, 0xea)) return null;
    if (!within(trail, 0x40, 0xfc) || trail === 0x7f) return null;
    const kana = (lead === 0x82 && trail >= 0x9f) || (lead === 0x83 && trail <= 0x96);
    return kana ? 1 : within(lead, 0x88, 0x97) ? 0.9 : lead === 0x81 ? 0.6 : 0.3;
  },
  (byte) => (within(byte, 0xa1, 0xdf) ? 0.2 : null),
);

/** Words of letters above 127, of which all lie where the encoding has them. */
const letters =
  (isLetter: (byte: number) => boolean, rate: number): Score =>
  (names) => {
    const high = names.flatMap((name) => [...name].filter((byte) => byte >= 0x80));
    const together = names.some((name) =>
      name.some((byte, i) => i > 0 && byte >= 0x80 && name[i - 1]! >= 0x80),
    );
    return together && high.every(isLetter) ? rate : 0;
  };

/** Alef to tav in a row from a byte; letters that end a word stand nowhere else. */
const hebrew =
  (alef: number): Score =>
  (names) => {
    const isLetter = (byte: number | undefined) =>
      byte !== undefined && within(byte, alef, alef + 26);
    const finals = [10, 13, 15, 19, 21].map((place) => alef + place);
    const ends = names.every((name) =>
      name.every((byte, i) => !finals.includes(byte) || !isLetter(name[i + 1])),
    );
    return ends ? letters(isLetter, 0.8)(names) : 0;
  };

/** Single letters with accents between plain ones, as in most languages of Europe. */
const european: Score = (names) => {
  const isPlain = (byte: number | undefined) =>
    byte !== undefined && (within(byte, 65, 90) || within(byte, 97, 122));
  const isBetween = (name: Uint8Array, i: number) =>
    isPlain(name[i - 1]) || (isPlain(name[i + 1]) && isPlain(name[i + 2]));
  const all = names.every((name) =>
    name.every(
      (byte, i) =>
        byte < 0x80 ||
        ((name[i - 1] ?? 0) < 0x80 && (name[i + 1] ?? 0) < 0x80 && isBetween(name, i)),
    ),
  );
  return all ? 0.95 : 0;
};

/** Of equal ones the first is taken. */
const KNOWN: readonly [encoding: string, called: string, score: Score][] = [
  ['gb18030', 'Chinese (GBK)', gbk],
  ['euc-kr', 'Korean (EUC-KR)', korean],
  ['big5', 'Chinese (Big5)', big5],
  ['shift_jis', 'Japanese (Shift JIS)', japanese],
  ['cp862', 'Hebrew (DOS 862)', hebrew(0x80)],
  ['windows-1255', 'Hebrew (Windows-1255)', hebrew(0xe0)],
  [
    'cp866',
    'Cyrillic (DOS 866)',
    letters((byte) => within(byte, 0x80, 0xaf) || within(byte, 0xe0, 0xf1), 0.7),
  ],
  [
    'windows-1251',
    'Cyrillic (Windows-1251)',
    letters((byte) => byte >= 0xc0 || byte === 0xa8 || byte === 0xb8, 0.7),
  ],
  ['cp437', 'Western European (DOS 437)', european],
];

/**
 * The encoding of names that do not say it.
 * @param names all of them that have bytes above 127
 */
export function nameEncoding(names: readonly Uint8Array[]): NameEncoding {
  if (names.every((name) => isUtf8(name))) return { encoding: 'utf8', inferred: null };
  let [best, most] = [KNOWN.at(-1)!, LEAST];
  let known = false;
  for (const each of KNOWN) {
    const score = each[2](names);
    if (score > most) [best, most, known] = [each, score, true];
  }
  const [encoding, called] = best;
  const values = { encoding: called, name: decodeName(names[0]!, encoding) };
  return {
    encoding,
    inferred: known ? note('zipNames', values) : doubt('zipNamesUnsure', values),
  };
}

/** A name as text. */
export const decodeName = (name: Uint8Array, encoding: string): string =>
  iconv.decode(Buffer.from(name), encoding);
