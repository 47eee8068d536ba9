import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../core/contract/words/errors.ts';
import { readPickle } from '../../../core/data/formats/pickle.ts';
import { asArray } from '../../../core/data/formats/pickle-names.ts';
import type { Dict } from '../../../core/data/formats/pickle-values.ts';
import { readTorch } from '../../../core/data/formats/torch.ts';
import { openTree } from '../../../core/data/tree/open.ts';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures/data');
const fixture = (name: string): Uint8Array => readFileSync(resolve(FIXTURES, name));
const read = (bytes: Uint8Array | string): unknown =>
  readPickle(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes, 'it');
const plain = (dict: Dict, name: string) => {
  const array = asArray(dict.get(name))!;
  return { ...array, values: [...array.values] };
};

describe("Python's own pickles", () => {
  test.each([0, 1, 2, 3, 4, 5])('of protocol %i hold plain values', (protocol) => {
    const dict = read(fixture(`plain-${protocol}.pickle`)) as Dict;
    expect(Object.fromEntries([...dict].filter(([key]) => key !== 'bytes'))).toEqual({
      none: null,
      yes: true,
      no: false,
      small: 7,
      negative: -300,
      large: 2 ** 40,
      float: -1.25,
      text: 'Grüße',
      list: [1, [2, 'x'], [3, 4, 5, 6]],
      shared: [['a'], ['a']],
      5: 'five',
    });
    expect([...(dict.get('bytes') as Uint8Array)]).toEqual([0, 255, 97, 98]);
  });

  test.each([0, 1, 2, 3, 4, 5])('of protocol %i hold NumPy arrays', (protocol) => {
    const dict = read(fixture(`arrays-${protocol}.pickle`)) as Dict;
    expect(plain(dict, 'u1')).toEqual({ shape: [2, 3], kind: 'int', values: [0, 1, 2, 3, 4, 5] });
    expect(plain(dict, 'i8').values).toEqual([-1, 2 ** 40]);
    expect(plain(dict, 'f4')).toEqual({ shape: [2], kind: 'float', values: [0.5, -2] });
    expect(plain(dict, 'fortran').values).toEqual([0, 1, 2, 3, 4, 5]);
    expect(plain(dict, 'bool')).toEqual({ shape: [2], kind: 'bool', values: [1, 0] });
    expect(plain(dict, 'text').values).toEqual(['cat', 'dög']);
    expect(dict.get('scalar')).toBe(9);
    expect((dict.get('ordered') as Dict).get('a')).toBe(0.25);
  });

  test("PyTorch's tensors, whole, turned and cut out", async () => {
    const dict = (await readTorch(await openTree(resolve(FIXTURES, 'torch.pt')), {})) as Dict;
    expect(plain(dict, 'clean_label').values).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
    expect(plain(dict, 'noisy_label').values).toEqual([0, 1, 2, 3, 1, 1, 2, 3]);
    expect(plain(dict, 'transposed')).toEqual({
      shape: [4, 3],
      kind: 'int',
      values: [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11],
    });
    expect(plain(dict, 'part')).toEqual({ shape: [2, 2], kind: 'float', values: [6, 7, 10, 11] });
    expect(plain(dict, 'halves').values).toEqual([0.5, -2]);
    expect(plain(dict, 'flags').values).toEqual([1, 0]);
  });
});

describe('a pickle that is no data is refused, and nothing of it runs:', () => {
  test.each([
    ['a call of os.system', fixture('evil.pickle'), /Python's "posix\.system", which is code/],
    ['os.system by name', "cos\nsystem\n(S'touch ran'\ntR.", /"os\.system"/],
    ['by protocol 4', '\x80\x04\x8c\x02os\x8c\x06system\x93.', /"os\.system"/],
    ['eval', 'cbuiltins\neval\n.', /"builtins\.eval"/],
    ["an object's prototype", 'c__proto__\nconstructor\n.', /"__proto__\.constructor"/],
    ['a name with a line of its own', 'cos\r\nsys\ttem\n.', /"os\?\.sys\?tem"/],
    ['calling what is handed on', 'cnumpy\nndarray\n)R.', /a call of numpy\.ndarray/],
    ['calling data', 'K\x01)R.', /calls something that cannot be called/],
    ['a set', '\x80\x04\x8f.', /unknown instruction 0x8f/],
  ])('%s', (_, bytes, message) => {
    expect(() => read(bytes)).toThrow(message);
    expect(() => read(bytes)).toThrow(InputError);
    expect(existsSync('ran-by-pickle') || existsSync('ran')).toBe(false);
  });
});

describe('a damaged pickle is refused:', () => {
  test.each([
    ['empty', '', /cut short: byte 0 asks for 1 more/],
    [
      'a claim of 2 GiB',
      '\x80\x02T\xff\xff\xff\x7f12',
      /asks for 2,147,483,647 more, but 2 are left/,
    ],
    ['a claim of 8 EiB', '\x80\x04\x8e\xff\xff\xff\xff\xff\xff\xff\x7f12', /cut short/],
    ['a recall of nothing', 'h\x05.', /recalls a value that was never kept/],
    ['an empty stack', '0.', /takes a value that is not there/],
    ['a mark too few', 'e.', /takes a value|closes a list/],
    ['items of a number', 'K\x01K\x02K\x03s.', /not a dict/],
    ['text without quotes', 'Sabc\n.', /without quotes/],
    ['a number that is none', 'Iabc\n.', /an invalid number/],
    ['a state for a number', 'K\x01K\x02b.', /a state for something that has none/],
    [
      'an array larger than its bytes',
      "cnumpy.core.multiarray\n_reconstruct\n(tR(K\x01(J\xff\xff\xff\x7ftcnumpy\ndtype\n(S'i4'\ntR\x89S'ab'\ntb.",
      /has 2 bytes of values, but its shape \(2,147,483,647\)|\(2147483647\)/,
    ],
  ])('%s', (_, bytes, message) => {
    expect(() => read(bytes)).toThrow(message);
  });

  test('cut at every place', () => {
    for (const name of ['arrays-2.pickle', 'arrays-5.pickle', 'plain-0.pickle']) {
      const bytes = fixture(name);
      for (let length = 0; length < bytes.length; length++) {
        expect(() => read(bytes.subarray(0, length))).toThrow(InputError);
      }
    }
  });

  test('deep lists need no stack', () => {
    expect(Array.isArray(read(`${'('.repeat(200_000)}${'l'.repeat(200_000)}.`))).toBe(true);
  });

  test('endless instructions end', () => {
    expect(() => read(Buffer.alloc(20_000_100, 'N'))).toThrow(/more than 20,000,000 instructions/);
  });
});
