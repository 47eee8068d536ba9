/** The noise rate is used where a person tells it, and nowhere else. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { knownFrom } from '../../../core/cli/known.ts';
import { InputError } from '../../../core/contract/words/errors.ts';
import type { EpochRecord } from '../../../core/contract/messages/records.ts';
import { presets } from '../../../core/kinds/presets.ts';
import { parseConfig } from '../../../core/kinds/read.ts';
import { verdictFor } from '../../../core/run-folder/verdict.ts';

const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-told-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Memorizes evenly, so that only training loss tells epochs apart. */
const rows = Array.from({ length: 30 }, (_, i) => ({
  epoch: i + 1,
  trainAccuracy: 0.4 + 0.015 * i,
  trainLoss: 2 * 0.9 ** i,
  predictionChanges: 300,
})) as unknown as EpochRecord[];

describe('a run whose noise the lab made', () => {
  const preset = presets()[0]!.config;
  const verdict = (kind: string, rate: number, training: object = {}) => {
    const noise = { ...preset.noise, kind, rate };
    const config = { ...preset, noise, training: { ...preset.training, ...training } };
    return verdictFor(rows, { config: parseConfig(config, 'told'), recorded: null }, null)!;
  };

  test('is judged alike whatever noise was made, while nobody tells', () => {
    const none = verdict('none', 0);
    expect(none.method).toBe('changes');
    expect(verdict('symmetric', 0.4)).toEqual(none);
    expect(verdict('pair', 0.2)).toEqual(none);
  });

  test('uses the rate that is told, not the one that was made', () => {
    const told = verdict('pair', 0.1, { knownKind: 'symmetric', knownRate: 0.4 });
    expect(told.method).toBe('rate');
    expect(told).toEqual(verdict('none', 0, { knownKind: 'symmetric', knownRate: 0.4 }));
  });
});

describe('the options of analyze', () => {
  const file = (text: string) => {
    const path = join(folder, 'matrix.csv');
    writeFileSync(path, text);
    return path;
  };

  test('tell a rate, symmetric where no kind is given, or a matrix with its classes', async () => {
    expect(await knownFrom({})).toEqual({ classes: null, noise: null });
    const noise = { kind: 'symmetric', rate: 0 };
    expect(await knownFrom({ noiseRate: 0 })).toEqual({ classes: null, noise });
    const matrix = [
      [0.9, 0.1],
      [0.4, 0.6],
    ];
    const noiseMatrix = file('0.9,0.1\n0.4,0.6\n');
    expect(await knownFrom({ noiseMatrix })).toEqual({
      classes: 2,
      noise: { kind: 'matrix', matrix },
    });
  });

  test('refuse what contradicts itself, and rows that are no shares of one', async () => {
    const noiseMatrix = file('0.9,0.2\n0.4,0.6\n');
    for (const options of [
      { noiseKind: 'pair' as const },
      { noiseMatrix, noiseRate: 0.2 },
      { noiseMatrix },
      { noiseMatrix, classes: 3 },
    ]) {
      await expect(knownFrom(options)).rejects.toThrow(InputError);
    }
  });
});
