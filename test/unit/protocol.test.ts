/** What every message of the page has to keep to, whichever method is added. */
import { describe, expect, it, test } from 'vitest';
import { presets } from '../../core/kinds/presets.ts';
import { FIGURES } from '../../core/figures/index.ts';
import { FIGURE_DATA } from '../../core/contract/messages/figures.ts';
import { MAIN_METHODS, PAGE_METHODS } from '../../core/contract/messages/messages.ts';
import {
  parseCoreRequest,
  parseHostRequest,
  parsePageRequest,
} from '../../core/contract/messages/parse.ts';
import { pathsRead } from '../../core/contract/messages/paths-read.ts';
import type { PageMethod } from '../../core/contract/messages/messages.ts';

/** Checks what the page sends, as whoever it is for does. */
const parse = (method: PageMethod, params: unknown) =>
  (method.startsWith('host.') ? parseHostRequest : parsePageRequest)({ id: 1, method, params });

const METHODS = Object.keys(PAGE_METHODS) as PageMethod[];
const { config } = presets()[0]!;

interface Part {
  type: string;
  pipe?: readonly { type: string }[];
  entries?: Record<string, Part>;
  wrapped?: Part;
  item?: Part;
  key?: Part;
  value?: Part;
  options?: readonly unknown[];
}

/** What a schema asks for beside its type; a pipe may begin with another pipe. */
const stepsOf = ({ pipe = [] }: Part): string[] =>
  pipe.flatMap((one, i) => (i === 0 ? stepsOf(one as Part) : [one.type]));

/** The kinds of a union or variant. */
const kindsOf = (part: Part): Part[] =>
  ['union', 'variant'].includes(part.type) ? (part.options as Part[]) : [];

/** Places of a schema at which a value of any length would pass. */
function unbounded(part: Part, at: string): string[] {
  const has = (...types: string[]) => stepsOf(part).some((type) => types.includes(type));
  const inside = Object.entries(part.entries ?? {}).map(([key, one]) => [one, `${at}.${key}`]);
  const parts = [part.wrapped, part.item, part.key, part.value]
    .concat(kindsOf(part))
    .flatMap((one) => (typeof one === 'object' ? [[one, at]] : []));
  const own =
    (part.type === 'string' && !has('max_length', 'regex')) ||
    (part.type === 'array' && !has('max_length')) ||
    (['record', 'loose_object'].includes(part.type) && !has('check')) ||
    ['any', 'unknown', 'object', 'custom', 'instance'].includes(part.type);
  const found = ([...inside, ...parts] as [Part, string][]).flatMap((one) => unbounded(...one));
  return own ? [`${at} (${part.type})`, ...found] : found;
}

describe.each(METHODS)('%s', (method) => {
  it('takes nothing of any length', () => {
    expect(unbounded(PAGE_METHODS[method].params as unknown as Part, method)).toEqual([]);
  });

  it('has every path marked', () => {
    const schema = PAGE_METHODS[method].params as unknown as Part;
    expect(fieldsOf(schema).filter(([key, one]) => PATHS.test(key) && !isMarked(one))).toEqual([]);
  });
});

/** What fields that hold a path are called; a new one must be called so, too. */
const PATHS = /path|source|file$|folder/i;
const isMarked = ({ wrapped, pipe = [] }: Part): boolean =>
  pipe.some(({ type }) => type === 'metadata') || (wrapped !== undefined && isMarked(wrapped));
const fieldsOf = (part: Part): [string, Part][] => [
  ...Object.entries(part.entries ?? {}),
  ...[...Object.values(part.entries ?? {}), part.wrapped, part.item, ...kindsOf(part)].flatMap(
    (one) => (one ? fieldsOf(one) : []),
  ),
];

test('a method that is not on the page’s list is refused in one sentence', () => {
  const refused = [...Object.keys(MAIN_METHODS), '__proto__', 'constructor', 'x\n'.repeat(1e6)];
  for (const method of refused) {
    for (const refuse of [parsePageRequest, parseHostRequest]) {
      const ask = () => refuse({ id: 1, method, params: {} });
      expect(ask).toThrow(/^The window may not ask for ".{0,90}"\.$/);
    }
  }
  // Neither answers for the other.
  expect(() => parsePageRequest({ id: 1, method: 'host.info', params: {} })).toThrow('may not');
  expect(() => parseHostRequest({ id: 1, method: 'core.info', params: {} })).toThrow('may not');
  expect(() => parsePageRequest({ id: 1, method: 'core.info', params: {} })).not.toThrow();
  expect(() => parseCoreRequest({ id: 1, method: 'host.info', params: {} })).toThrow('may not ask');
  expect(() => parseCoreRequest({ id: 1, method: 'core.info', params: {} })).not.toThrow();
});

test('an id is no path', () => {
  for (const id of ['../a', 'a/b', '.', '', '/etc', 'a\\b', 'a.b', '__proto__', 'a'.repeat(81)]) {
    for (const method of METHODS.filter((one) => 'id' in entriesOf(one))) {
      expect(() => parse(method, { id })).toThrow(/id/);
    }
  }
});

const entriesOf = (method: PageMethod): object => PAGE_METHODS[method].params.entries;

describe('the paths that a message reads', () => {
  const read = (method: PageMethod, params: unknown) =>
    pathsRead(PAGE_METHODS[method].params, parse(method, params).params);

  it('are found wherever they are', () => {
    const reading = { labels: 'label', labelsFile: '/labels.csv' };
    const data = { ...config.data, source: '/data', reading };
    expect(read('run.start', { config: { ...config, data } })).toEqual(['/data', '/labels.csv']);
    expect(read('data.describe', { data: { source: '/data', reading } })).toEqual([
      '/data',
      '/labels.csv',
    ]);
    expect(read('noise.readMatrix', { path: 'm.csv' })).toEqual(['m.csv']);
    expect(read('log.open', { path: 'l', columns: {}, holdout: 0, asked: false })).toEqual(['l']);
    expect(read('run.resume', { id: 'run-a', source: '/moved' })).toEqual(['/moved']);
    expect(read('run.resume', { id: 'run-a' })).toEqual([]);
    const settings = { data: '/figure-data', seed: 1, network: 'mlp' };
    expect(read('paper.start', { id: '3', settings })).toEqual(['/figure-data']);
  });

  it('are none in decisions about labels, whichever they are', () => {
    for (const decision of [{ choice: 'class', class: 2 }, { choice: 'remove' }, null]) {
      const made = [{ sample: { part: 'train', index: 3 }, decision }];
      const params = { id: 'a-run', reviewer: 'Ada', made };
      expect(read('labels.decide', params)).toEqual([]);
    }
  });

  it('are none where the lab has the data itself', () => {
    expect(read('run.start', { config })).toEqual([]);
    expect(read('paper.open', { id: '3', settings: { data: 'mnist' } })).toEqual([]);
    // A file of labels may be called so.
    const data = { ...config.data, reading: { labelsFile: 'mnist' } };
    expect(read('run.start', { config: { ...config, data } })).toEqual(['mnist']);
  });

  it('are looked for in the one field of a figure that holds one', () => {
    const named = FIGURES.flatMap(({ info }) => info.fields).filter(({ kind }) => kind === 'data');
    expect(named.length).toBeGreaterThan(0);
    expect(new Set(named.map(({ id }) => id))).toEqual(new Set([FIGURE_DATA]));
    const ids = FIGURES.flatMap(({ info }) => info.fields).filter(({ id }) => id === FIGURE_DATA);
    expect(ids.every(({ kind }) => kind === 'data')).toBe(true);
  });
});

test.each([
  ['many fields', Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`own${i}`, 1]))],
  ['a long name', { ['a'.repeat(41)]: 1 }],
  ['a name that is a path', { 'a.b': 1 }],
  ['a long text', { own: 'a'.repeat(4097) }],
  ['a long list', { own: new Array(1001).fill(1) }],
  ['a list of long texts', { own: ['a'.repeat(4097)] }],
  ['something inside', { own: { inside: 1 } }],
])("a kind's own settings are bounded: %s", (_, own) => {
  const asked = (noise: object) => ({
    id: 1,
    method: 'run.start',
    params: { config: { ...config, noise: { ...config.noise, ...noise } } },
  });
  expect(() => parsePageRequest(asked({ own: 0.5, names: ['a', 1] }))).not.toThrow();
  expect(() => parsePageRequest(asked(own))).toThrow();
});
