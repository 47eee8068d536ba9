/** Figures of the paper through the built command line, in small: what they show, and that they go on. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChartSpec } from '../../core/contract/messages/charts.ts';
import type { FigureView } from '../../core/contract/messages/figures.ts';
import { readMetrics } from '../../core/run-folder/check.ts';

const CLI = join(__dirname, '../../dist/core/cli.cjs');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-figures-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const setting = (settings: object) =>
  Object.entries(settings).flatMap(([id, value]) => ['--set', `${id}=${JSON.stringify(value)}`]);
const env = () => ({ ...process.env, LABEL_NOISE_LAB_RUNS: join(folder, 'runs') });

function lab(...args: string[]): { code: number | null; out: string; err: string } {
  const done = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', env: env() });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

/** Makes a figure and returns what it shows; its files are in `folder/<name>`. */
function figure(name: string, id: string, settings: object, ...more: string[]): FigureView {
  const out = join(folder, name);
  const found = lab('figure', id, ...setting(settings), '--out', out, '--json', ...more);
  expect(found.code, found.err).toBe(0);
  const view = JSON.parse(found.out) as FigureView;
  expect(view.state).toBe('complete');
  return view;
}

function chartOf({ panels }: FigureView, id: string): ChartSpec {
  const panel = panels.find((each) => each.id === id);
  if (panel?.kind !== 'chart') throw new Error(`There is no chart ${id}.`);
  return panel;
}

/** The y of a series at an x. */
function at(chart: ChartSpec, series: string, x: number): number {
  const found = chart.series.find(({ name }) => name.code === `figures.series.${series}`)!;
  return found.points.find((point) => point.x === x)!.y;
}

const FIGURE_1 = {
  train: 1500,
  holdout: 500,
  test: 1000,
  levels: [0, 0.5],
  network: 'lenet',
  widths: [6, 16, 120, 84],
  optimizer: 'adam',
  learningRate: 0.003,
  batch: 50,
  epochs: 20,
};

test('figure 1: with half of the labels redrawn, the end is far below the early stop', () => {
  const view = figure('one', '1', FIGURE_1);
  const last = chartOf(view, 'last');
  const stop = chartOf(view, 'stop');
  expect(at(last, 'given', 0.5)).toBeGreaterThan(0.85);
  expect(at(stop, 'test', 0.5) - at(last, 'test', 0.5)).toBeGreaterThan(0.15);
  expect(at(stop, 'test', 0.5)).toBeGreaterThan(0.8);
  expect(at(last, 'test', 0)).toBeGreaterThan(0.9);
  // A label that is redrawn from all ten classes stays right one time in ten.
  expect(view.findings[0]!.code).toBe('figures.findings.corruption');
  // The second time everything is there already.
  expect(figure('one-again', '1', FIGURE_1)).toEqual(view);
  expect(readdirSync(view.folder!).filter((name) => name.startsWith('noise-'))).toHaveLength(2);
});

describe('files', () => {
  test('SVG, PNG, CSV and JSON hold the figure, in both languages', () => {
    const view = figure('two', '2', {});
    const file = (name: string) => readFileSync(join(folder, 'two', name));
    expect(file('figure-2.svg').toString()).toMatch(/^<svg[^>]*>/);
    expect(file('figure-2.png').subarray(1, 4).toString()).toBe('PNG');
    expect(file('figure-2.png').length).toBeGreaterThan(10_000);
    const rows = parse(file('figure-2.csv'), { columns: true }) as { panel: string }[];
    const points = view.panels.flatMap((p) => (p.kind === 'chart' ? p.series : []));
    expect(rows).toHaveLength(points.reduce((sum, series) => sum + series.points.length, 0));
    expect(JSON.parse(file('figure-2.json').toString())).toMatchObject({
      id: '2',
      settings: { eps0: 0.3 },
    });
    figure('two-he', '2', {}, '--language', 'he');
    expect(readFileSync(join(folder, 'two-he', 'figure-2.svg'), 'utf8')).toMatch(/[א-ת]/);
  });
});

const FIGURE_3 = { train: 500, levels: [0, 0.8], epochs: 25, batch: 25 };

test('figure 3: more corruption needs more distance; a killed one goes on', async () => {
  const args = ['figure', '3', ...setting(FIGURE_3)];
  const child = spawn(process.execPath, [CLI, ...args], { env: env(), stdio: 'ignore' });
  const figures = join(folder, 'runs', 'figures');
  const first = () => {
    const made = existsSync(figures)
      ? readdirSync(figures).find((name) => name.startsWith('3-'))
      : undefined;
    return made ? join(figures, made, 'noise-0-seed-0') : null;
  };
  await expect
    .poll(() => (first() ? readMetrics(first()!).length : 0), { timeout: 60_000, interval: 20 })
    .toBeGreaterThan(5);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.on('close', resolve));
  await expect
    .poll(() => existsSync(join(first()!, 'running.json')), { timeout: 20_000 })
    .toBe(false);
  expect(readMetrics(first()!).length).toBeLessThan(26);
  const view = figure('three', '3', FIGURE_3);
  expect(view.findings[0]!.code).toBe('figures.findings.farther');
  const { series } = chartOf(view, 'accuracy');
  expect(series.map(({ points }) => points.length)).toEqual([26, 26]);
});

test('loss histograms: early the losses tell wrong labels, late less so', () => {
  const view = figure('losses', 'losses', { train: 1000, levels: [0.4], epochs: 20 });
  const values = view.facts.map(({ value }) => Number(value));
  expect(values).toHaveLength(2);
  expect(values[0]).toBeGreaterThan(0.9);
  expect(values[1]).toBeLessThan(values[0]!);
  expect(view.panels.map(({ kind }) => kind)).toEqual(['histogram', 'histogram', 'chart']);
});

/** Samples up to eps0 from their centre, and classes 2 apart: a start then tells little of the labels. */
const NEAR = { spread: 'ball', numbers: 'aroundZero' };

test('synthetic: true labels first; late, losses overlap more', () => {
  const view = figure('synthetic', 'synthetic', { iterations: 2000, late: 1900, ...NEAR });
  const [early, late] = view.facts.map(({ value }) => Number(value));
  expect(early).toBeGreaterThan(0.98);
  expect(late).toBeLessThan(early!);
  const { series } = chartOf(view, 'errors');
  expect(series[0]!.points.find(({ x }) => x > 60)!.y).toBeLessThan(0.05);
});

test('synthetic as in the paper, on the shell: late, given labels are fitted and true ones are lost', () => {
  const view = figure('shell', 'synthetic', { iterations: 4500, late: 4400 });
  const [errorTrue, errorGiven] = chartOf(view, 'errors').series.map(({ points }) => points);
  const least = Math.min(...errorTrue!.map(({ y }) => y));
  expect(least).toBeLessThan(0.12);
  expect(errorTrue!.at(-1)!.y).toBeGreaterThan(least + 0.1);
  expect(errorGiven!.at(-1)!.y).toBeLessThan(0.05);
});

test('theorem 2: distance grows with delta / eps0, and the interval excludes 0', () => {
  const grid = { eps0s: [0.25, 0.45], deltas: [0.5, 2], seeds: 1 };
  const view = figure('theorem2', 'theorem2', grid);
  expect(view.findings[0]!.code).toBe('figures.findings.theorem2');
  const slope = view.facts.find(({ name }) => name.code === 'figures.facts.slope')!.value;
  const [, value, low] = /^(\S+) \((\S+) …/.exec(slope)!.map(Number);
  expect(value).toBeGreaterThan(0.4);
  expect(low).toBeGreaterThan(0);
});

test('theorem 1: where rho is small enough every true label is learned, and later with more clusters', () => {
  const view = figure('theorem1', 'theorem1', {
    manyClusters: [2, 8, 32],
    manyWidths: [500, 1000],
    manyDimensions: [10, 20],
    manyRhos: [0.1, 0.4],
    seeds: 1,
  });
  const values = view.findings.find(({ code }) => code === 'figures.findings.theorem1')!.values!;
  expect(values['learned']).toBe(values['inside']);
  const [steps] = chartOf(view, 'steps-clusters').series;
  const iterations = steps!.points.map(({ y }) => y);
  expect(iterations).toHaveLength(3);
  expect(iterations).toEqual([...iterations].sort((a, b) => a - b));
});

test("the proof's picture: the clean residual lies along few vectors, the noise along all", () => {
  const view = figure('proof', 'proof', { samples: 200, iterations: 500, width: 500, ...NEAR });
  const { series } = chartOf(view, 'energy');
  expect(series[0]!.points[1]!.y).toBeGreaterThan(0.9);
  expect(series[1]!.points[1]!.y).toBeLessThan(0.5);
  // The kernel of infinite width, in closed form, is this network's in the large.
  const [own, infinite] = chartOf(view, 'kernel').series;
  expect(own!.points[0]!.y / infinite!.points[0]!.y).toBeGreaterThan(0.8);
  expect(own!.points[0]!.y / infinite!.points[0]!.y).toBeLessThan(1.25);
});

test('spectrum: few large singular values, many small ones', () => {
  const view = figure('spectrum', 'spectrum', { train: 200, samples: 20, moments: [0, 2] });
  expect(view.facts[0]!.value).toBe('200 × 61,710');
  const [start] = chartOf(view, 'singular').series;
  const values = start!.points.map(({ y }) => y);
  expect(values[0]! / values[100]!).toBeGreaterThan(8);
  const [kernel] = chartOf(view, 'kernel').series;
  kernel!.points.forEach(({ y }, i) => expect(y / values[i]! ** 2).toBeCloseTo(1, 9));
});

test.each([
  [['9'], /There is no figure 9/],
  [['1', '--size', 'tiny'], /figure 1 has the sizes quick, hour, full/],
  [['2', '--set', 'eps0=7'], /eps0 is 7; it must be a number from 0 to 1/],
  [['2', '--set', 'eps0'], /--set eps0: write field=value/],
  [['losses', '--data', '/no/such/place'], /no\/such\/place/],
])('figure %j is refused in one sentence', (args, message) => {
  const { code, err } = lab('figure', ...args);
  expect(code).toBe(2);
  expect(err.trim().split('\n').at(-1)).toMatch(message);
});

test('dynamics of samples: wrong labels are recovered first and memorized later, and told by their course', () => {
  const settings = { train: 1000, holdout: 200, levels: [0.4], epochs: 25, batch: 32 };
  const view = figure('samples', 'samples', settings);
  const course = (id: string) => chartOf(view, id).series[0]!.points.map(({ y }) => y);
  const [memorized, recovered, signs] = [course('memorized'), course('recovered'), course('signs')];
  expect(Math.max(...recovered.slice(0, 15))).toBeGreaterThan(0.6);
  expect(memorized.at(-1)! - memorized[0]!).toBeGreaterThan(0.5);
  expect(Math.max(...signs)).toBeGreaterThan(0.8);
  // A point for each of the 1,000 training samples.
  const map = chartOf(view, 'dataMap').series.map(({ points }) => points.length);
  expect(map.reduce((sum, count) => sum + count, 0)).toBe(1000);
  for (const panel of view.panels.filter(({ kind }) => kind === 'heat')) {
    if (panel.kind !== 'heat') continue;
    for (const row of panel.values) expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  }
});

test('kernel and labels: the kernel agrees more with the true labels, and more once trained', () => {
  const settings = { train: 500, samples: 40, moments: [0, 4] };
  const [truth, given] = chartOf(figure('alignment', 'alignment', settings), 'alignment').series;
  const ys = (series: typeof truth) => series!.points.map(({ y }) => y);
  expect(ys(truth)[1]!).toBeGreaterThan(ys(truth)[0]!);
  expect(ys(truth)[1]!).toBeGreaterThan(ys(given)[1]!);
});
