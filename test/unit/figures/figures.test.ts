/** Every figure's fields, sizes and texts, and those that are there at once. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { readCells } from '../../../core/figures/grid.ts';
import { readDrawn, writeDrawn } from '../../../core/figures/drawn-file.ts';
import { FIGURES, figureOf } from '../../../core/figures/index.ts';
import { checkSettings, settingsOf } from '../../../core/figures/settings.ts';
import { figureFolder } from '../../../core/figures/store.ts';
import {
  FIGURE_DATA,
  FigureInfoSchema,
  FigureViewSchema,
  NO_DATA,
} from '../../../core/contract/messages/figures.ts';
import { LANGUAGES, textsIn } from '../../../core/contract/words/texts.ts';
import type { FigureSettings, FigureView } from '../../../core/contract/messages/figures.ts';
import type { Phrase } from '../../../core/contract/words/phrase.ts';
import type { TextKey } from '../../../core/contract/words/texts.ts';

const nowhere = join(tmpdir(), 'label-noise-lab-no-such-folder');

/** Every phrase that a figure shows. */
function phrasesOf({ panels, facts, findings }: FigureView): Phrase[] {
  const ofPanels = panels.flatMap((panel): Phrase[] => {
    if (panel.kind === 'heat') return [panel.title, panel.legend];
    const rules = panel.kind === 'chart' ? panel.rules.map(({ name }) => name) : [];
    const names = panel.series.map(({ name }) => name);
    return [panel.title, panel.x.title, panel.y.title, ...names, ...rules];
  });
  return [...ofPanels, ...facts.map(({ name }) => name), ...findings];
}

/** Settings of a size, with data where it asks for a person's own. */
const withData = (settings: FigureSettings): FigureSettings =>
  settings[FIGURE_DATA] === NO_DATA ? { ...settings, [FIGURE_DATA]: nowhere } : settings;

const known = (key: string) =>
  LANGUAGES.every((language) => textsIn(language)(key as TextKey, { count: 1 }) !== key);

describe.each(FIGURES.map((figure) => [figure.info.id, figure] as const))(
  'figure %s',
  (id, figure) => {
    test('has settings that fit, and texts in every language', () => {
      v.parse(FigureInfoSchema, figure.info);
      for (const { id: size, settings } of figure.info.sizes) {
        const given = withData(settings);
        expect(checkSettings(figure.info, given)).toEqual(given);
        expect(known(`figures.sizes.${size}`), size).toBe(true);
      }
      for (const field of figure.info.fields) {
        expect(known(`figures.fields.${field.id}`), field.id).toBe(true);
        for (const option of field.kind === 'choice' ? field.options : []) {
          expect(known(`figures.options.${option}`), option).toBe(true);
        }
      }
      expect(known(`paper.figures.${id}.title`)).toBe(true);
    });

    test('is there at once, or empty and to be made', { timeout: 60_000 }, async () => {
      for (const size of figure.info.sizes) {
        const settings = withData(size.settings);
        const drawn = await figure.open(settings, nowhere);
        const view = v.parse(FigureViewSchema, { id, settings, folder: null, ...drawn });
        expect(view.state).toBe(figure.info.instant ? 'complete' : 'empty');
        expect(view.panels.length > 0).toBe(figure.info.instant);
        expect(figure.make === undefined).toBe(figure.info.instant);
        for (const { code } of phrasesOf(view)) expect(known(code), code).toBe(true);
      }
    });
  },
);

describe('settings', () => {
  const { info } = figureOf('2');

  test("of a size that is of a person's own data are refused without them", () => {
    const { info: losses } = figureOf('losses');
    expect(() => settingsOf(losses, 'cifar', {})).toThrow(/needs data of yours.*--data PATH/);
    expect(settingsOf(losses, 'cifar', { data: nowhere })).toMatchObject({ network: 'resnet' });
    // The paper's own size.
    expect(settingsOf(losses, 'full', { data: nowhere })).toMatchObject({ train: 50_000 });
  });

  test('of a size, with changes', () => {
    expect(settingsOf(info, undefined, { eps0: 0.1 })).toMatchObject({ eps0: 0.1, clusters: 6 });
    expect(settingsOf(figureOf('1').info, 'full', {})).toMatchObject({
      train: 50_000,
      epochs: 200,
    });
  });

  test.each([
    [{ eps0: 2 }, /^eps0 is 2; it must be a number from 0 to 1\.$/],
    [{ clusters: 3.5 }, /^clusters is 3\.5; it must be a whole number from 3 to 12\.$/],
    [{ seed: 'x' }, /^seed is "x"; it must be a whole number/],
    [{ strange: 1 }, /^Figure 2 has no field strange; it has clusters, samples/],
  ])('%j are refused', (changes, message) => {
    expect(() => settingsOf(info, undefined, changes)).toThrow(message);
  });

  test.each([
    [{ levels: [] }, /^levels is \[\]; it must be a list of 1 to 30 numbers from 0 to 1/],
    [{ levels: [0, 1.5] }, /^levels is \[0,1\.5\]/],
    [{ network: 'none' }, /^network is "none"; it must be one of paper-cnn, lenet, mlp\.$/],
    [{ data: '' }, /^data is ""; it must be mnist, or the path of a file or folder\.$/],
    [{ train: 500, holdout: 500 }, /^holdout is 500 and train is 500, so no sample is left/],
  ])('%j are refused', (changes, message) => {
    expect(() => settingsOf(figureOf('1').info, 'quick', changes)).toThrow(message);
  });

  test('unknown figures and sizes are refused', () => {
    expect(() => figureOf('9')).toThrow(/^There is no figure 9; the figures are 1, 2, 3, /);
    expect(() => settingsOf(info, 'huge', {})).toThrow(
      /^--size huge: figure 2 has the sizes paper\.$/,
    );
  });

  test('other settings have another folder', () => {
    const at = (settings: object) =>
      figureFolder('/runs', '2', settingsOf(info, undefined, { ...settings }));
    expect(at({})).toBe(at({}));
    expect(at({ eps0: 0.1 })).not.toBe(at({}));
  });
});

test('what was kept is read again; what is damaged is made again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-figure-'));
  const drawn = { state: 'complete' as const, panels: [], facts: [], findings: [{ code: 'a' }] };
  writeDrawn(folder, drawn);
  expect(readDrawn(folder)).toEqual(drawn);
  const whole = readFileSync(join(folder, 'drawn.json'), 'utf8');
  writeFileSync(join(folder, 'drawn.json'), whole.slice(0, 40));
  expect(readDrawn(folder).state).toBe('empty');
  writeFileSync(join(folder, 'cells.json'), '{"a": 1}');
  expect(readCells(folder).size).toBe(0);
  rmSync(folder, { recursive: true });
});

describe('Sigma(C)', () => {
  const lambdaAt = async (angle: number) => {
    const { info, open } = figureOf('sigma');
    const { panels } = await open(settingsOf(info, undefined, { angle, clusters: 2 }), nowhere);
    const heat = panels.find(({ kind }) => kind === 'heat');
    if (heat?.kind !== 'heat') throw new Error('no heat map');
    return heat.values;
  };

  test('of two centres has the closed form of ReLU, and falls to 0 as they meet', async () => {
    for (const degrees of [0, 10, 45, 90]) {
      const angle = (degrees * Math.PI) / 180;
      const sigma = await lambdaAt(degrees);
      const off = (Math.cos(angle) * (Math.PI - angle)) / (2 * Math.PI);
      expect(sigma[0]![0]).toBeCloseTo(0.5, 12);
      expect(sigma[0]![1]).toBeCloseTo(off, 12);
    }
    const [row] = await lambdaAt(0);
    expect(row![0]! - row![1]!).toBeCloseTo(0, 12);
  });
});

describe('figure 2', () => {
  test('has the labels, clusters and wrong labels asked for', async () => {
    const { info, open } = figureOf('2');
    const { panels } = await open(settingsOf(info, undefined, {}), nowhere);
    const [sphere, labels] = panels;
    if (sphere?.kind !== 'chart' || labels?.kind !== 'chart') throw new Error('no charts');
    const points = labels.series.flatMap((series) => series.points);
    expect(points).toHaveLength(30);
    expect([...new Set(points.map(({ y }) => Number(y.toFixed(9))))].sort((a, b) => a - b)).toEqual(
      [-1, 0.1, 1],
    );
    const wrong = labels.series.filter(({ mark }) => mark === 'cross').flatMap((s) => s.points);
    expect(wrong).toHaveLength(6);
    for (const { points: places, name } of sphere.series) {
      if (name.code === 'figures.series.sphere') continue;
      for (const { x, y } of places) expect(Math.hypot(x, y)).toBeLessThan(1 + 1e-6);
    }
  });
});
