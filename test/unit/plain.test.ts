/** Texts from outside, by kind: no sign of theirs steers a terminal or a page, and none is too long. */
import { asWritten } from '../../core/contract/words/phrase.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { table } from '../../core/terminal/output.ts';
import { title } from '../../core/contract/config/fields.ts';
import { applySettings, parseConfig, parseReading } from '../../core/kinds/read.ts';
import { presets } from '../../core/kinds/presets.ts';
import { InputError } from '../../core/contract/words/errors.ts';
import { sentence } from './said.ts';
import { isMemoryShort } from '../../core/contract/words/memory.ts';
import { plain, printable, quoted, shortened } from '../../core/contract/words/plain.ts';
import { escape } from '../../core/report/escape.ts';

/** Written out, not by the classes that the code names. */
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i));
const CONTROLS = [...range(0x00, 0x1f), ...range(0x7f, 0x9f), '\u2028', '\u2029'];
const DIRECTIONS = [
  '\u061c',
  '\u200e',
  '\u200f',
  ...range(0x202a, 0x202e),
  ...range(0x2066, 0x2069),
];
const UNSAFE = [...CONTROLS, ...DIRECTIONS];
const isSafe = (text: string) => UNSAFE.every((sign) => !text.includes(sign));

const sign = fc.oneof(fc.constantFrom(...UNSAFE), fc.string({ unit: 'binary', maxLength: 3 }));
const hostile = fc.array(sign, { maxLength: 40 }).map((parts) => parts.join(''));

test('there are 79 unsafe signs, and each is replaced alone', () => {
  expect(UNSAFE).toHaveLength(32 + 33 + 2 + 12);
  for (const one of UNSAFE) expect(plain(`a${one}b`)).toBe('a?b');
});

describe('a text from outside', () => {
  test('has no unsafe sign left, and keeps all others', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const clean = plain(text);
        expect(isSafe(clean)).toBe(true);
        expect(clean.length).toBe(text.length);
        for (let i = 0; i < text.length; i++) {
          if (!UNSAFE.includes(text[i]!)) expect(clean[i]).toBe(text[i]);
        }
        expect(plain(clean)).toBe(clean);
      }),
    );
  });

  test('such as a name is clean in a table, in a report, in a config and in an error', () => {
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        const lines = table(
          ['Name', 'Value'],
          [
            [plain(a), b],
            [b, '1'],
          ],
        ).split('\n');
        expect(lines).toHaveLength(3);
        expect(lines.every(isSafe)).toBe(true);
        expect(isSafe(escape(a))).toBe(true);
        expect(isSafe(new InputError('data.notThere', { where: a }).message)).toBe(true);
        expect(isSafe(sentence(new Error(a)))).toBe(true);
        if (a !== '') expect(isSafe(v.parse(title, a))).toBe(true);
      }),
    );
  });

  test('that was forgotten in a line of ours still steers no terminal', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const left = UNSAFE.filter((one) => printable(text).includes(one));
        expect(left.filter((one) => CONTROLS.includes(one) && one !== '\n')).toEqual([]);
        expect(left.filter((one) => /[\u202a-\u202e]/.test(one))).toEqual([]);
      }),
    );
    expect(printable('\u2067שלום\u2069\n')).toBe('\u2067שלום\u2069\n');
  });
});

describe('a sentence', () => {
  const LONG = 'x'.repeat(20_000_000);

  test('keeps its beginning and its end, however long what it repeats', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
        const { message } = new InputError(asWritten(`data.csv, row 3: ${text} Remove it.`));
        expect(message.length).toBeLessThanOrEqual(1001);
        expect(message.startsWith('data.csv, row 3: ')).toBe(true);
        expect(message.endsWith(' Remove it.')).toBe(true);
      }),
    );
    expect(shortened('short')).toBe('short');
    expect(shortened('😀'.repeat(999))).not.toMatch(/\p{Cs}/u);
    expect(quoted(LONG).length).toBeLessThan(90);
    expect(quoted(undefined)).toBe('undefined');
  });

  test('about a config repeats no value of 20 MB', () => {
    const base = presets()[0]!.config;
    const attempts: (() => unknown)[] = [
      () => parseConfig({ ...base, name: LONG }, 'config.json'),
      () => parseConfig({ ...base, [LONG]: 1 }, 'config.json'),
      () => parseConfig({ ...base, training: LONG }, 'config.json'),
      () => parseConfig({ ...base, data: { ...base.data, train: [LONG] } }, 'config.json'),
      () => parseReading({ labels: LONG }, '--set reading'),
      () => applySettings(base, [LONG]),
      () => applySettings(base, [`${LONG}=1`]),
    ];
    for (const attempt of attempts) {
      expect(attempt).toThrow(InputError);
      try {
        attempt();
      } catch (error) {
        expect((error as Error).message.length).toBeLessThan(1100);
        expect((error as Error).message).toMatch(/\.$/);
      }
    }
    expect(() => parseConfig({ ...base, name: LONG }, 'config.json')).toThrow(
      /^config\.json: name is "xxx.* … x.*"; it must be a name of 1 to 120 characters\.$/,
    );
  });
});

test('too little memory is told as that, whoever says it and how', () => {
  for (const raw of [
    'Array buffer allocation failed',
    'libtensorflow_cc.so.2: failed to map segment from shared object',
    'libtensorflow_cc.so.2: cannot allocate memory in static TLS block',
    'Cannot parse tensor from proto: dtype: DT_FLOAT',
    'OOM when allocating tensor with shape[1,2]',
  ]) {
    expect(isMemoryShort(new Error(raw))).toBe(true);
    expect(sentence(new Error(raw))).toMatch(/^There is too little memory for this .*\.$/);
  }
  expect(isMemoryShort(new Error('Invalid typed array length: -1'))).toBe(false);
});
