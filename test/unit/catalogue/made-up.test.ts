/**
 * "One file and one line": a made-up kind of each is added by its file and its entry in a registry, and
 * is then in the catalogue, the help, the errors and the reference, with no other file touched.
 */
import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Phrase } from '../../../core/contract/words/phrase.ts';
import { loadCore } from '../../../build/catalogue.mjs';
import { choicesReference, configReference } from '../../../build/guide/reference.mjs';
import { madeUpForEsbuild } from '../../fixtures/made-up/index.mjs';
import preset from '../../../assets/presets/mnist-quick.json';

type Core = typeof import('./core.ts');
let core: Core;
beforeAll(async () => {
  core = (await loadCore('test/unit/catalogue/core.ts', [madeUpForEsbuild])) as Core;
}, 120_000);

const withParts = (parts: Record<string, object>) => ({
  ...preset,
  ...Object.fromEntries(
    Object.entries(parts).map(([part, changes]) => [
      part,
      { ...preset[part as 'noise'], ...changes },
    ]),
  ),
});

test('all are in the catalogue, which is schema-checked where it is sent', () => {
  const { CATALOGUE, CatalogueSchema } = core;
  expect(v.parse(CatalogueSchema, CATALOGUE)).toEqual(CATALOGUE);
  const added = Object.entries(CATALOGUE).map(([room, all]) => [
    room,
    (all as { id: string }[]).map(({ id }) => id).filter((id) => id.startsWith('made-up')),
  ]);
  expect(Object.fromEntries(added)).toEqual({
    noises: ['made-up-noise'],
    networks: ['made-up-network'],
    optimizers: ['made-up-optimizer'],
    losses: ['made-up-loss'],
    schemes: ['made-up-scheme'],
    rules: ['made-up-rule'],
    reports: ['made-up-report'],
    exports: ['made-up-export'],
    labelFormats: ['made-up-labels'],
    figures: ['made-up-figure'],
    figureFormats: ['made-up-file'],
    readers: ['made-up-reader'],
    logs: ['made-up-log'],
  });
  expect(core.LANGUAGES).toContain('xx');
});

test.each([
  ['run', 'made-up-noise'],
  ['run', 'made-up-network'],
  ['sweep', 'made-up-optimizer'],
  ['theory', 'made-up-loss'],
  ['run', 'made-up-scheme'],
  ['report', 'made-up-report'],
  ['export', 'made-up-export'],
  ['audit', 'made-up-labels'],
  ['figure', 'made-up-figure'],
  ['figure', '(small)'],
  ['data', 'made-up-reader'],
  ['analyze', 'made-up-log'],
  ['analyze', 'made-up-rule'],
  ['runs', '"xx"'],
])('the help of %s tells of %s', async (command, id) => {
  expect(await core.helpOf(command)).toContain(id);
});

describe('a config', () => {
  test('may name them, and their own fields have defaults', () => {
    const config = core.parseConfig(
      withParts({
        noise: { kind: 'made-up-noise' },
        network: { preset: 'made-up-network' },
        training: {
          optimizer: 'made-up-optimizer',
          loss: 'made-up-loss',
          scheme: 'made-up-scheme',
        },
      }),
      'it',
    );
    expect(config.noise).toMatchObject({ kind: 'made-up-noise', strength: 0.25 });
    expect(config.training).toMatchObject({ optimizer: 'made-up-optimizer', patience: 4 });
  });

  test.each([
    [{ noise: { kind: 'else' } }, /noise\.kind is "else"; it must be one of .*"made-up-noise"/],
    [{ network: { preset: 'else' } }, /network\.preset .*"made-up-network"/],
    [{ training: { optimizer: 'else' } }, /training\.optimizer .*"made-up-optimizer"/],
    [{ training: { loss: 'else' } }, /training\.loss .*"made-up-loss"/],
    [{ training: { scheme: 'else' } }, /training\.scheme .*"made-up-scheme"/],
    [{ noise: { strength: 2 } }, /noise\.strength is 2; it must be a number from 0 to 1\./],
    [
      { training: { patience: 2.5 } },
      /training\.patience is 2\.5; it must be a whole number from 1 to 9\./,
    ],
    [{ noise: { strenght: 1 } }, /noise\.strenght is not a field of a config/],
  ] as [Record<string, object>, RegExp][])('%j is refused', (parts, message) => {
    let phrase: Phrase | undefined;
    try {
      core.parseConfig(withParts(parts), 'it');
    } catch (error) {
      phrase = (error as { phrase: Phrase }).phrase;
    }
    expect(phrase && core.inWords(phrase, core.inEnglish)).toMatch(message);
  });
});

test('the reference pages have them, with their fields', () => {
  const config = configReference(core, new Map());
  for (const kind of ['noise', 'network', 'optimizer', 'loss', 'scheme']) {
    expect(config).toContain(`\`made-up-${kind}\``);
  }
  expect(config).toMatch(
    /`noise\.strength` \| number, 0 to 1 \| `0\.25` \| Read by `made-up-noise`/,
  );
  expect(config).toMatch(/`training\.patience` \| whole number, 1 to 9 \| `4`/);
  const rest = choicesReference(core);
  for (const kind of ['report', 'export', 'labels', 'file', 'log', 'reader', 'rule', 'figure']) {
    expect(rest).toContain(`\`made-up-${kind}\``);
  }
  expect(rest).toMatch(/`bends` \| whole number, 2 to 8 \| `3`/);
  expect(rest).toContain('Made-up language');
});

test('they work: noise is drawn, a rule asked, a report written, a language spoken', () => {
  const { noise } = core.parseConfig(
    withParts({ noise: { kind: 'made-up-noise', strength: 1 } }),
    '',
  );
  const given = core.corrupt({
    labels: Uint8Array.of(0, 1, 2, 1),
    classes: ['a', 'b', 'c'],
    seen: [0, 1, 2],
    known: null,
    part: 'train',
    trainSize: 4,
    noise: { ...noise, class: 0, becomes: [], groups: [] },
    clusters: null,
    features: () => new Float32Array(1),
    probabilities: null,
  });
  expect([...given]).toEqual([0, 0, 0, 0]);
  expect(core.candidatesOf([{ epoch: 7 }] as never).map(({ rule }) => rule)).toContain(
    'made-up-rule',
  );
  expect(core.reportText('a run', 'made-up-report')).toBe('a run en');
  expect(core.languageOf('xx-YY')).toBe('xx');
  const t = core.textsIn('xx' as never);
  // What it has no text for is English, and a kind without a text is called by its id.
  expect(t('noise.kinds.none')).toBe('Nichts');
  expect(t('noise.kinds.pair')).toBe('Pair');
  expect(core.textFor(t, core.optionKey('noise.kind', 'made-up-noise'))).toBe('made-up-noise');
});
