/** Names of runs on the command line: made of what is true of them, unless a person gave one. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findConfig, fitted } from '../../core/cli/places.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-names-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const nameOf = (source: string, ...settings: string[]): string => findConfig(source, settings).name;

test.each([
  [[], 'MNIST, 40% symmetric noise, LeNet'],
  [['training.epochs=3'], 'MNIST, 40% symmetric noise, LeNet'],
  [['noise.rate=0.2'], 'MNIST, 20% symmetric noise, LeNet'],
  [['noise.kind=pair', 'noise.rate=45%'], 'MNIST, 45% pair noise, LeNet'],
  [['network.preset=mlp'], 'MNIST, 40% symmetric noise, MLP'],
  [['data.source=/a/flowers', 'noise.kind=none'], 'flowers, no noise, LeNet'],
  [['name=My own', 'noise.rate=0.2'], 'My own'],
])('of a preset with %j', (settings, name) => {
  expect(nameOf('mnist-quick', ...settings)).toBe(name);
});

test('a name in a config file stays; one that was made is made anew', () => {
  const write = (name: string): string => {
    const path = join(folder, `${name.length}.json`);
    writeFileSync(path, JSON.stringify({ ...findConfig('mnist-quick', []), name }));
    return path;
  };
  const own = write('Thursday');
  expect(nameOf(own, 'noise.rate=0.1')).toBe('Thursday');
  const made = write('MNIST, 40% symmetric noise, LeNet');
  expect(nameOf(made, 'noise.rate=0.1')).toBe('MNIST, 10% symmetric noise, LeNet');
});

test('a preset asks for no more samples than a data set has', async () => {
  const path = join(folder, 'small.csv');
  const rows = Array.from({ length: 200 }, (_, i) => `${i / 7},${i % 2 ? 'yes' : 'no'}`);
  writeFileSync(path, `value,label\n${rows.join('\n')}\n`);
  const settings = [`data.source=${path}`];
  const { data } = await fitted('mnist-quick', settings, findConfig('mnist-quick', settings));
  expect(data.train + Math.round(data.train * data.holdoutShare) + data.test).toBeLessThanOrEqual(
    200,
  );
  expect(data.train).toBeGreaterThan(100);
  const asked = [...settings, 'data.train=500'];
  const kept = await fitted('mnist-quick', asked, findConfig('mnist-quick', asked));
  expect(kept.data.train).toBe(500);
});
