/** What the core says in English is known to the window, and said again in Hebrew. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presets } from '../../core/config/presets.ts';
import { NETWORKS } from '../../core/models/index.ts';
import { RULES } from '../../core/stopping/rules.ts';
import { fieldErrors } from '../../renderer/state/fields.ts';
import { retold } from '../../renderer/retold.ts';
import { speakAs } from '../../renderer/texts.ts';

beforeAll(() => speakAs(() => 'he'));
afterAll(() => speakAs(() => 'en'));
const HEBREW = /[\u05d0-\u05ea]/;

test('every stopping rule', () => {
  for (const name of Object.keys(RULES)) expect(retold('verdict.rules', name), name).not.toBeNull();
});

test('every method of a verdict', () => {
  const source = readFileSync('core/stopping/measured.ts', 'utf8');
  const methods = [...source.matchAll(/^ +method:([^;]*?),$/gm)].flatMap(([, line]) =>
    [...line!.matchAll(/'([A-Z][^']+)'/g)].map(([, name]) => name!),
  );
  expect(methods.length).toBeGreaterThanOrEqual(5);
  for (const name of methods) expect(retold('verdict.methods', name), name).toMatch(HEBREW);
});

test('every ready experiment', () => {
  for (const { title } of presets()) expect(retold('lab.presets', title), title).toMatch(HEBREW);
});

test('titles of networks that are not names of the field', () => {
  const left = Object.values(NETWORKS).filter(({ title }) => !retold('networks.titles', title));
  expect(left.map(({ title }) => title)).toEqual(['MLP', 'LeNet-5', 'ResNet']);
});

describe('sentences with values', () => {
  test.each([
    [
      'log.notes',
      '3 to 7 (9 of them) occur more than once, as in a resumed run; the later row is used.',
    ],
    ['log.notes', 'accuracy is in percent.'],
    ['data.notes', 'Rows to train on come from train.csv, those to test on from test.csv.'],
    ['data.doing', 'Reading row 12,000'],
    ['lab.fields', 'Needs a whole number from 1 to 1000000'],
  ] as const)('%s: %s', (section, english) => {
    const hebrew = retold(section, english)!;
    expect(hebrew).toMatch(HEBREW);
    for (const value of english.match(/\d[\d,]*/g) ?? []) expect(hebrew).toContain(value);
  });

  test('unknown ones are not guessed at', () => {
    expect(retold('log.notes', 'Something else.')).toBeNull();
  });
});

test('a field says in Hebrew what it needs', async () => {
  const { config } = presets()[0]!;
  const broken = { ...config, training: { ...config.training, batch: 0 } };
  expect(fieldErrors(broken)['training.batch']).toMatch(/^נדרש מספר שלם מ־/);
});
