/** The gradient of whole networks against finite differences, which know nothing of rules. */
import { expect, test } from 'vitest';
import { presets } from '../../core/kinds/presets.ts';
import type { NetworkConfig } from '../../core/contract/config/schema.ts';
import { forward } from '../../core/engine/forward.ts';
import { gradients } from '../../core/engine/gradients.ts';
import { Graph, sizeOf } from '../../core/engine/graph.ts';
import type { Tensor } from '../../core/engine/graph.ts';
import { lossesOf } from '../../core/engine/losses/index.ts';
import { mean, meanSeed } from '../../core/engine/ops/basic.ts';
import { createWeights } from '../../core/engine/weights.ts';
import { networkLayers } from '../../core/models/index.ts';
import { randomOf } from '../../core/random.ts';
import { loadGraph } from './run-graph.ts';

const BATCH = 3;
const CLASSES = 4;
const H = 1e-2;

type Loss = 'cross-entropy' | 'squared';
const CASES: [Partial<NetworkConfig> & Pick<NetworkConfig, 'preset'>, number[], Loss, number][] = [
  [{ preset: 'mlp', widths: [6, 5], activation: 'tanh' }, [4, 4, 1], 'cross-entropy', 0.1],
  [{ preset: 'mlp', widths: [6], activation: 'softplus' }, [4, 4, 1], 'squared', 0],
  [{ preset: 'theory', widths: [8], activation: 'softplus' }, [5, 1, 1], 'squared', 0],
  [{ preset: 'resnet', widths: [2, 3, 4], depth: 8 }, [8, 8, 2], 'cross-entropy', 0],
];

test.each(CASES)('%j on %j, %s, smoothing %d', async (config, shape, loss, smoothing) => {
  const network = { ...presets()[0]!.config.network, ...config };
  const layers = networkLayers(network, CLASSES, shape as [number, number, number]);
  const graph = new Graph();
  const { trained, moving } = createWeights(graph, layers);
  const all = [...trained, ...moving];
  const fed = all.map(({ name, variable }) => graph.placeholder(name, 'float32', variable.shape));
  const byName = new Map(all.map(({ name }, i) => [name, fed[i]!]));
  const x = graph.placeholder('x', 'float32', [BATCH, ...shape]);
  const value = (name: string): Tensor => byName.get(name)!;
  const nothing = { seed: () => graph.ints([0, 0]), moved: () => undefined };
  const output = forward({ graph, precision: 'float32', value, training: nothing }, layers, x);
  const labels = graph.constant([0, 2, 3], [BATCH], 'int32');
  const spec = { training: { loss, labelSmoothing: smoothing }, classes: CLASSES };
  const losses = lossesOf(graph, spec, output, labels, { smoothing, remembered: null });
  const xs = fed.slice(0, trained.length);
  const found = gradients(graph, losses, meanSeed(graph, losses), xs);
  const inputs = { x, ...Object.fromEntries(all.map(({ name }, i) => [name, fed[i]!])) };
  const call = await loadGraph(graph, {
    loss: { inputs, outputs: { loss: mean(graph, losses) } },
    gradient: { inputs, outputs: Object.fromEntries(found.map((d, i) => [`d${i}`, d])) },
  });

  const random = randomOf(7, 'finite differences');
  const draw = (n: number) => Float32Array.from({ length: n }, () => 2 * random.real() - 1);
  const values = Object.fromEntries([
    ['x', { data: draw(BATCH * sizeOf(shape)), shape: [BATCH, ...shape] }],
    ...all.map(({ name, variable }) => {
      const data = draw(sizeOf(variable.shape));
      return [
        name,
        { data: name.endsWith('variance') ? data.map(Math.abs) : data, shape: [...variable.shape] },
      ];
    }),
  ]) as Record<string, { data: Float32Array; shape: number[] }>;
  const analytic = call('gradient', values);
  // The slope along a random direction over all weights at once, by central differences.
  for (let trial = 0; trial < 5; trial++) {
    const directions = trained.map(({ variable }) => draw(sizeOf(variable.shape)));
    const at = (t: number): number => {
      const moved = { ...values };
      trained.forEach(({ name }, i) => {
        const { data, shape: own } = values[name]!;
        moved[name] = { data: data.map((w, j) => w + t * directions[i]![j]!), shape: own };
      });
      return call('loss', moved)['loss']![0]!;
    };
    const wanted = directions.reduce(
      (sum, d, i) => sum + d.reduce((part, v, j) => part + v * analytic[`d${i}`]![j]!, 0),
      0,
    );
    // Shorter where ReLUs have their kinks, as far as float32 allows.
    const step = config.preset === 'resnet' ? H / 80 : H;
    const slope = (at(step) - at(-step)) / (2 * step);
    expect(Math.abs(slope - wanted)).toBeLessThan(0.02 * Math.max(0.1, Math.abs(wanted)));
  }
});
