/** Messages that a page in wrong hands might send: at random by the schemas, and of ill will. */
import fc from 'fast-check';
import { MAIN_METHODS, PAGE_METHODS } from '../../../core/contract/messages/messages.ts';
import type { Config } from '../../../core/contract/config/schema.ts';
import type { FigureInfo } from '../../../core/contract/messages/figures.ts';
import type { PageMethod } from '../../../core/contract/messages/messages.ts';
import { arbitraryOf } from './arbitrary.ts';

/** What the page is told to ask; values that JSON has not are written `{ $make: … }`. */
export interface Message {
  method: string;
  params: unknown;
}

/** What is there to ask about. */
export interface Known {
  /** Of runs. */
  ids: readonly string[];
  /** A run that takes a second or so. */
  config: Config;
  figures: readonly FigureInfo[];
}

/** Params that are right, for each method that has some: what random ones change a little. */
function examples({ ids, config, figures: infos }: Known): Record<string, unknown[]> {
  const { data, noise, network, training } = config;
  const { source, reading, clusters, seed } = data;
  const from = { source, reading, clusters, seed };
  const runs = ids.map((id) => ({ id }));
  const figures = infos.flatMap(({ id, sizes }) => sizes.map(({ settings }) => ({ id, settings })));
  const files = figures.map((figure) => ({
    ...figure,
    format: 'json',
    language: 'en',
    dark: false,
  }));
  return {
    'data.describe': [{ data: from }],
    'data.fields': [{ data: from }],
    'data.duplicates': [{ data: from }],
    'data.samples': [{ data: from, part: 'train', from: 0, count: 5, ofClass: null }],
    'log.open': [{ path: 'metrics.jsonl', columns: {}, holdout: 0, asked: true }],
    'record.open': [{ path: 'record' }],
    'sweep.open': [{ path: 'sweep', asked: true }],
    'noise.preview': [{ data, noise, threads: 1 }],
    'data.labelFields': [{ path: 'labels.csv' }],
    'noise.readMatrix': [{ path: 'matrix.csv' }],
    'labels.transition': ids.map((id) => ({ id, data, noise })),
    'network.describe': [{ network, loss: training.loss, data: from }],
    'run.start': [{ config }],
    'run.pause': runs,
    'run.unpause': runs,
    'run.stop': runs,
    'run.resume': runs,
    'run.open': runs,
    'run.epochs': ids.map((id) => ({ id, from: 0, count: 100 })),
    'run.course': ids.map((id) => ({ id, place: 0 })),
    'run.keepModel': ids.map((id) => ({ id, epoch: 1 })),
    'runs.rename': ids.map((id) => ({ id, name: 'renamed' })),
    'runs.delete': runs,
    'runs.restore': runs,
    'paper.open': figures,
    'paper.estimate': figures,
    'paper.start': figures,
    'host.openData': [{ what: 'file' }],
    'host.forget': [{ path: 'nothing' }],
    'host.saveReport': ids.map((id) => ({ ids: [id], format: 'html', language: 'en' })),
    'host.saveFigure': files,
    'host.showFolder': [{ id: null }, ...runs],
    'host.setTheme': [{ theme: 'dark' }],
    'host.setLanguage': [{ language: 'he' }],
    'run.writeReport': ids.map((id) => ({
      id,
      format: 'html',
      language: 'he',
      path: 'report.html',
    })),
    'paper.export': files.map((file) => ({ ...file, path: 'figure.json' })),
  };
}

/** Random messages: valid by the schemas, or right ones with a part or two replaced. */
export function randomMessages(count: number, seed: number, known: Known): Message[] {
  const rights = examples(known);
  const methods = Object.keys(PAGE_METHODS) as PageMethod[];
  const one = fc.constantFrom(...methods).chain((method) => {
    const valid = arbitraryOf(PAGE_METHODS[method].params, known.ids);
    const right = fc.constantFrom(...(rights[method] ?? [{}]));
    const changes = fc.array(fc.tuple(fc.nat(), anything), { minLength: 1, maxLength: 2 });
    const changed = fc.tuple(fc.oneof(right, valid), changes).map(([params, list]) => {
      return list.reduce((value, [at, part]) => replaced(value, at, part), params);
    });
    return fc.oneof(valid, right, changed).map((params) => ({ method, params }));
  });
  return fc.sample(one, { numRuns: count, seed });
}

const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({ maxDepth: 2, key: fc.constantFrom('id', 'path', 'source', '__proto__', 'x') }),
  fc
    .constantFrom(
      ...['undefined', 'nan', 'infinity', 'bigint', 'function', 'cyclic', 'date', 'map', 'file'],
    )
    .map(($make) => ({ $make })),
  fc.constant({ $make: 'text', length: 300_000 }),
);

/** The value with its part number `at` (in the order in which they are met, modulo all) replaced. */
export function replaced(value: unknown, at: number, part: unknown): unknown {
  const places = placesOf(value);
  const path = places[at % places.length]!;
  return put(value, path, part);
}

function placesOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Object.entries(value).flatMap(([key, one]) => placesOf(one, [...path, key]));
  return [path, ...inside];
}

function put(value: unknown, [key, ...rest]: readonly string[], part: unknown): unknown {
  if (key === undefined) return part;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string,
    unknown
  >;
  copy[key] = put(copy[key], rest, part);
  return copy;
}

/** Names of methods that are none, or none of the page's. */
const STRANGERS = [
  ...Object.keys(MAIN_METHODS),
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'lab.opened',
  'host.exec',
  'core.eval',
  'RUN.WRITEREPORT',
  'run.writeReport\0',
  '',
  { $make: 'text', length: 5_000_000 },
];

/**
 * Messages of ill will: every method with every hostile value in every place, and methods that the
 * page may not ask for. What was code execution once comes first.
 * @param targets paths that must stay as they are
 */
export function hostileMessages(
  count: number,
  seed: number,
  targets: readonly string[],
  known: Known,
): Message[] {
  const rights = examples(known);
  const { data } = known.config;
  const { source, reading, clusters, seed: dataSeed } = data;
  const from = { source, reading, clusters, seed: dataSeed };
  const values: unknown[] = [...targets.flatMap(spellings), ...ODD];
  const exploit = targets.flatMap((path) => [
    ...rights['paper.export']!.slice(0, 2).map((params) => ({
      method: 'paper.export',
      params: { ...(params as object), settings: { data: `$(touch ${path})` }, path },
    })),
    ...rights['run.writeReport']!.map((params) => ({
      method: 'run.writeReport',
      params: { ...(params as object), path },
    })),
    { method: 'runs.delete', params: { id: path } },
    { method: 'runs.restore', params: { id: path } },
    { method: 'host.showFolder', params: { id: path } },
    { method: 'log.open', params: { path, columns: {}, holdout: 0, asked: true } },
    { method: 'noise.readMatrix', params: { path } },
    { method: 'data.describe', params: { data: { ...from, source: path } } },
    {
      method: 'data.describe',
      params: { data: { ...from, reading: { ...reading, labelsFile: path } } },
    },
    {
      method: 'run.start',
      params: { config: { ...known.config, data: { ...data, source: path } } },
    },
  ]);
  const right = Object.entries(rights).flatMap(([method, list]) =>
    list.map((params) => ({ method, params })),
  );
  const spoilt = fc
    .tuple(fc.constantFrom(...right), fc.nat(), fc.constantFrom(...values))
    .map(([{ method, params }, at, value]) => ({ method, params: replaced(params, at, value) }));
  const strange = fc
    .tuple(fc.constantFrom(...STRANGERS), fc.constantFrom(...right), fc.constantFrom(...values))
    .map(([method, { params }, path]) => ({
      method: method as string,
      params: { ...(params as object), path },
    }));
  const more = fc.sample(fc.oneof(spoilt, strange), { numRuns: count, seed });
  return [...exploit, ...more].slice(0, count);
}

/** What would fill the memory, or take hours, if it were begun. */
export function heavyMessages(config: Config): Message[] {
  const { data, network, training } = config;
  const { source, reading, clusters, seed } = data;
  const most = { clusters: 65_536, classes: 2, dimension: 65_536, samples: 1_000_000 };
  const made = { source: 'clusters', reading, clusters: { ...clusters, ...most }, seed };
  const wide = (...widths: number[]) => ({ ...network, preset: 'mlp', widths });
  const from = { source, reading, clusters, seed };
  const widest = wide(...Array.from({ length: 64 }, () => 65_536));
  return [
    { method: 'data.describe', params: { data: made } },
    { method: 'network.describe', params: { network: widest, loss: training.loss, data: from } },
    { method: 'run.start', params: { config: { ...config, network: wide(65_536, 65_536) } } },
    {
      method: 'run.start',
      params: { config: { ...config, network: wide(13_000, 13_000, 13_000) } },
    },
    {
      method: 'run.start',
      params: {
        config: {
          ...config,
          data: { ...data, train: 40_000 },
          network: { ...network, preset: 'paper-cnn' },
          training: { ...training, batch: 1_000_000, epochs: 5_000 },
        },
      },
    },
  ];
}

/** A path as someone would write it who wants it to pass for another. */
function spellings(path: string): string[] {
  return [
    path,
    `${path}\0.csv`,
    `../../../../../..${path}`,
    `mnist/../../../../../..${path}`,
    `file://${path}`,
    path.replaceAll('/', '\\'),
    `\\\\127.0.0.1\\c$${path}`,
    `$(touch ${path})`,
    `\`touch ${path}\``,
    `; touch ${path} #`,
  ];
}

const ODD: readonly unknown[] = [
  '..',
  '.',
  '/',
  '.trash',
  '../lab',
  '-rf',
  'CON',
  'figures',
  '__proto__',
  '\u202egnp.exe',
  { $make: 'text', length: 5_000_000 },
  { $make: 'list', length: 300_000 },
  { $make: 'deep', length: 5_000 },
  { $make: 'proto' },
  { $make: 'getter' },
  { $make: 'proxy' },
  { $make: 'symbol' },
  { $make: 'function' },
  { $make: 'cyclic' },
  { $make: 'file' },
  { $make: 'buffer', length: 1_000_000 },
  null,
  true,
  -1,
  1e308,
];
