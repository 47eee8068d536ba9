/** Learning-rate schedules, and the layers that a Config asks for. */
import { describe, expect, test } from 'vitest';
import { presets } from '../../core/kinds/presets.ts';
import type { NetworkConfig, TrainingConfig } from '../../core/contract/config/schema.ts';
import { activationsOf, stepsPerCall } from '../../core/engine/size.ts';
import { networkLayers } from '../../core/models/index.ts';
import { learningRateAt } from '../../core/training/schedule.ts';

const own = presets()[0]!.config;

describe('the learning rate', () => {
  const at = (step: number, changes: Partial<TrainingConfig>) =>
    learningRateAt({ ...own.training, learningRate: 0.4, epochs: 10, ...changes }, step, 100);

  test('is constant where nothing else is asked for', () => {
    expect([0, 500, 999].map((step) => at(step, {}))).toEqual([0.4, 0.4, 0.4]);
  });

  test('rises linearly over the warm-up and reaches its value with its last step', () => {
    expect(at(0, { warmup: 2 })).toBeCloseTo(0.002);
    expect(at(99, { warmup: 2 })).toBeCloseTo(0.2);
    expect(at(199, { warmup: 2 })).toBeCloseTo(0.4);
    expect(at(200, { warmup: 2 })).toBe(0.4);
  });

  test('falls by its factor every so many epochs', () => {
    const schedule = { schedule: 'step', decayEvery: 3, decayFactor: 0.5 } as const;
    expect([299, 300, 600, 999].map((step) => at(step, schedule))).toEqual([0.4, 0.2, 0.1, 0.05]);
  });

  test('follows half a cosine from the end of the warm-up to zero', () => {
    const schedule = { schedule: 'cosine', warmup: 2 } as const;
    expect(at(200, schedule)).toBeCloseTo(0.4);
    expect(at(600, schedule)).toBeCloseTo(0.2);
    expect(at(1000, schedule)).toBeCloseTo(0);
  });
});

describe('a network', () => {
  const layers = (network: Partial<NetworkConfig>, shape: [number, number, number] = [28, 28, 1]) =>
    networkLayers({ ...own.network, ...network }, 10, shape);
  const parameters = (...args: Parameters<typeof layers>) =>
    layers(...args).reduce((sum, layer) => sum + layer.parameters, 0);

  test('takes other widths', () => {
    expect(parameters({ preset: 'mlp', widths: [10] })).toBe(785 * 10 + 11 * 10);
    expect(parameters({ preset: 'mlp', widths: [10, 10, 10] })).toBe(785 * 10 + 3 * 110);
    expect(parameters({ preset: 'theory', widths: [50] })).toBe(784 * 50);
  });

  test('ResNet takes another depth', () => {
    // He et al. 2016, table 6: 0.46 and 0.66 million.
    expect(parameters({ preset: 'resnet', depth: 32 }, [32, 32, 3])).toBe(464_154);
    expect(parameters({ preset: 'resnet', depth: 44 }, [32, 32, 3])).toBe(658_586);
  });

  test.each([
    [{ preset: 'lenet', widths: [1, 2] }, /network\.widths has 2 numbers; lenet takes 4/],
    [{ preset: 'resnet', depth: 21 }, /network\.depth is 21; give 6n \+ 2/],
    [{ preset: 'mlp', depth: 8 }, /network\.depth is 8; mlp has none/],
  ] as const)('%j is refused', (network, message) => {
    expect(() =>
      layers({ ...network, widths: [...('widths' in network ? network.widths : [])] }),
    ).toThrow(message);
  });

  test('on samples that are too small is refused', () => {
    expect(() => layers({ preset: 'lenet' }, [4, 4, 1])).toThrow(
      /samples of 4 x 4 x 1 are too small/,
    );
  });

  test('that is small takes many steps a call, a large one takes one', () => {
    expect(stepsPerCall(layers({ preset: 'lenet' }), 128)).toBe(16);
    expect(stepsPerCall(layers({ preset: 'paper-cnn' }), 128)).toBe(1);
    expect(stepsPerCall(layers({ preset: 'resnet' }, [32, 32, 3]), 128)).toBe(1);
    // Inside blocks too.
    expect(activationsOf(layers({ preset: 'resnet' }, [32, 32, 3]))).toBeGreaterThan(19 * 2 * 4096);
  });
});
