/** `theory` through the built command line. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Theory } from '../../core/theory/theory.ts';

const CLI = join(__dirname, '../../dist/core/cli.cjs');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-theory-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function lab(...args: string[]): { code: number | null; out: string; err: string } {
  const done = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

const setting = (...settings: string[]) => settings.flatMap((text) => ['--set', text]);
const SHORT = setting('training.epochs=20', 'network.widths=[100]');

test('the synthetic preset, in words', () => {
  const { code, out } = lab('theory', 'synthetic', ...SHORT);
  expect(code).toBe(0);
  expect(out).toContain('K = 2 clusters (known), 2 classes');
  expect(out).toMatch(/ρ is 0\.3, more than δ \/ 8 = 0\.125/);
  expect(out).toContain("0.5 was set, from the cluster's own centre");
  expect(out).toMatch(
    /lambda\(C\) 0\.4898, condition number of Sigma\(C\) 1\.042; norm .* 1\.021\./,
  );
  // 1.021^4 2^2 / 0.4898^4, and 2 / (2 times 0.4898) log(1 / 0.3) at the preset's rate of 2.
  expect(out).toMatch(/Width +‖C‖⁴ K²\/λ⁴ +75\.\d+ +100\n/);
  expect(out).toMatch(/Iterations to the true labels +K\/\(η n λ\) log\(1\/ρ\) +2\.458 /);
  expect(out).toContain('No wrong label was fitted in 20 iterations.');
});

test('where everything holds it says so', () => {
  const fits = setting('noise.rate=0.1', 'network.activation=softplus');
  const { out } = lab('theory', 'synthetic', ...SHORT, ...fits);
  expect(out).toContain('All assumptions on data and activation hold.');
  expect(out).not.toContain('Theorem 1 says nothing');
});

test('JSON and files hold the same', () => {
  const out = join(folder, 'out');
  const found = lab('theory', 'synthetic', ...SHORT, '--json', '--out', out);
  const theory = JSON.parse(found.out) as Theory;
  expect(theory.constants).toMatchObject({ samples: 400, rho: 0.3, delta: 1, clusterable: true });
  expect(theory.orders.wrongDistance).toBeCloseTo(1 / theory.constants.eps0, 9);
  expect(theory.eps0Set).toBe(0.5);
  const kept = JSON.parse(readFileSync(join(out, 'theory.json'), 'utf8')) as Theory;
  expect(kept).toEqual(theory);
  const rows = (name: string) =>
    parse(readFileSync(join(out, name)), { columns: true, cast: true }) as object[];
  expect(rows('iterations.csv').at(-1)).toMatchObject({
    iteration: 20,
    trueShare: theory.run.points.at(-1)!.trueShare,
  });
  expect(rows('singular-values.csv')).toHaveLength(400);
  expect(readdirSync(out)).toHaveLength(3);
  expect(lab('theory', 'synthetic', '--out', out)).toMatchObject({
    code: 2,
    err: expect.stringContaining('not empty') as string,
  });
});

test("a person's own data, with clusters by k-means", () => {
  const own = setting(
    'network.preset=theory',
    'training.loss=squared',
    'training.optimizer=sgd',
    'training.batch=200',
    'data.train=200',
    'training.learningRate=0.1',
  );
  const { code, out } = lab(
    'theory',
    'mnist-quick',
    ...SHORT,
    ...own,
    '--clusters',
    '30',
    '--json',
  );
  expect(code).toBe(0);
  const { constants, clusters } = JSON.parse(out) as Theory;
  expect(clusters).toBe(30);
  expect(constants).toMatchObject({ samples: 200, dimension: 784, classes: 10 });
  expect(constants.delta).toBeCloseTo(2 / 9, 9);
  expect(constants.failing.length).toBeGreaterThan(0);
});

test.each([
  [['mnist-quick'], /^theory: .*add --set network\.preset=theory --set training\.loss=squared/],
  [['synthetic', '--clusters', 'some'], /Give "known", "classes" or a whole number/],
  [['synthetic', '--clusters', '401'], /--clusters 401: there are only 400/],
])('%j is refused in one sentence', (args, message) => {
  const { code, out, err } = lab('theory', ...args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(message);
});
