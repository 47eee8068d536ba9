/** The speed of large matrix products in our engine, and the share of it that training reaches. */
import { attr, Graph } from '../../core/engine/graph.ts';
import type { Precision } from '../../core/engine/forward.ts';
import { loadGraph } from '../../core/engine/load.ts';
import { cast, filled, after } from '../../core/engine/ops/basic.ts';
import { matMul } from '../../core/engine/ops/index.ts';
import { multiplyAddsOf } from '../../core/engine/size.ts';
import { loadTensorFlow } from '../../core/engine/tensorflow.ts';
import { cores } from '../../core/machine/cores.ts';
import { networkLayers } from '../../core/models/index.ts';
import type { PlacedLayer } from '../../core/models/index.ts';
import { presets } from '../../core/kinds/presets.ts';
import type { BenchCase } from './cases.ts';
import type { Timed } from './ours.ts';

const SIDE = 2048;

/** Products of two matrices of 2048 x 2048. `speed` gives GFLOP a second. */
export async function timePeak(precision: Precision): Promise<Timed> {
  const tf = await loadTensorFlow(cores());
  const graph = new Graph();
  const square = (value: number) =>
    cast(graph, filled(graph, [SIDE, SIDE], value, 'float32'), precision);
  const [a, b] = [
    graph.variable('a', precision, [SIDE, SIDE]),
    graph.variable('b', precision, [SIDE, SIDE]),
  ];
  const ready = [graph.assign(a, square(0.5)), graph.assign(b, square(0.25))];
  const product = matMul(graph, graph.read(a), graph.read(b));
  const done = graph.scalar(1);
  // A product of which nothing is fetched would not be computed.
  const index = { T: attr.type(precision), Index: attr.type('int32') };
  const corner = graph.op('Slice', [product, graph.ints([0, 0]), graph.ints([1, 1])], index, {
    dtype: precision,
    shape: [1, 1],
  });
  const loaded = await loadGraph(tf, graph, {
    begin: { inputs: {}, outputs: { done: after(graph, ready, done) } },
    multiply: { inputs: {}, outputs: { corner: cast(graph, corner, 'float32') } },
  });
  const run = (name: string) =>
    Object.values(loaded.call(name, {})).forEach((out) => out.dispose());
  run('begin');
  const speed = (seconds: number): number => {
    const from = performance.now();
    let products = 0;
    for (; performance.now() - from < seconds * 1000; products++) run('multiply');
    return (products * 2 * SIDE ** 3) / ((performance.now() - from) * 1e6);
  };
  speed(0.2);
  return { speed, dispose: loaded.dispose };
}

/** GFLOP of a sample forward and back, in matrix products alone; nothing goes back to the pictures. */
export function gflopOf({ network, shape }: BenchCase): number {
  const layers = networkLayers({ ...presets()[0]!.config.network, ...network }, 10, shape);
  const first = multiplyAddsOf([firstWithWeights(layers)]);
  return (2 * (3 * multiplyAddsOf(layers) - first)) / 1e9;
}

const firstWithWeights = (layers: readonly PlacedLayer[]): PlacedLayer =>
  layers.find(({ layer }) => layer.kind === 'conv' || layer.kind === 'dense')!;
