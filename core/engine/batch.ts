/** What a step makes of its batch before it changes the weights. */
import { randomOf } from '../random.ts';
import { flipAndCrop } from './augment.ts';
import { forward } from './forward.ts';
import { attr } from './graph.ts';
import type { Graph, Tensor, Variable } from './graph.ts';
import { chancesOf, EVALUATING, lossesOf, memoryOf, scoresOf } from './losses/index.ts';
import type { LossPass } from './losses/index.ts';
import * as ops from './ops/basic.ts';
import { add, held, mul, softmaxOf, sub } from './ops/index.ts';
import type { GraphSpec, NetworkVariables, Variables } from './variables.ts';

const T = { T: attr.type('float32') };

/** What one step is fed. */
export interface Fed {
  /** int32, batch. */
  indices: Tensor;
  /** The learning rate: a scalar. */
  rate: Tensor;
  /** The number of the step in the whole run: an int32 scalar. Random numbers depend on it. */
  number: Tensor;
  /** Of networks that exchange samples: how many of the batch each takes, an int32 scalar. */
  kept?: Tensor | undefined;
}

/** What a step finds of its samples before it changes the weights. */
export interface Measured {
  /** Each sample's loss without label smoothing, as evaluating has it. */
  sampleLosses: Tensor;
  /** Each sample's predicted class. */
  sampleClasses: Tensor;
  /** The chance of each class for each sample. */
  sampleProbabilities: Tensor;
}

/** What a batch gives in training. */
export interface BatchLosses extends Measured {
  losses: Tensor;
  /** The new moving averages. */
  moved: Map<string, Tensor>;
  /** The samples' new average chances, where the loss keeps them. */
  chances: Tensor | null;
}

/** One of the networks that are trained, and its values before a step. */
export interface Trained {
  own: NetworkVariables;
  /** Of its weights, in their order. */
  values: readonly Tensor[];
  read: (variable: Variable) => Tensor;
}

/** The losses of a batch in training, and the new moving averages. */
export function batchLosses(
  graph: Graph,
  spec: GraphSpec,
  all: Variables,
  { indices, number }: Fed,
  { own, values, read }: Trained,
): BatchLosses {
  const { training } = spec;
  let streams = 0;
  const seed = (): Tensor => {
    const stream = randomOf(own.seed, 'graph', streams++).below(2 ** 31);
    return ops.pack(graph, [graph.constant([stream], [], 'int32'), number]);
  };
  const known = new Map(own.weights.map(({ name }, i) => [name, values[i]!]));
  for (const { name, variable } of own.moving) known.set(name, read(variable));
  const stored = ops.gather(graph, all.images, indices);
  const bytes = training.augment === 'flip-crop' ? flipAndCrop(graph, stored, seed()) : stored;
  const unmixed = ops.standardized(
    graph,
    ops.cast(graph, bytes, 'float32'),
    spec.mean,
    spec.deviation,
  );
  const mixing = training.mixup > 0 ? mixingOf(graph, training.mixup, seed()) : null;
  const x = mixing ? mixing(unmixed, ops.rolled(graph, unmixed)) : unmixed;
  const moved = new Map<string, Tensor>();
  const pass = {
    graph,
    precision: spec.precision ?? 'float32',
    value: (name: string) => known.get(name)!,
    training: { seed, moved: (name: string, value: Tensor) => void moved.set(name, value) },
  };
  const output = forward(pass, spec.layers, x);
  const keep = memoryOf(training);
  const chances = own.memory ? averaged(graph, own.memory, indices, output, keep) : null;
  const told = { smoothing: training.labelSmoothing, remembered: chances };
  const lossesFor = (rows: Tensor) => givenLosses(graph, spec, all, { output, rows, pass: told });
  const losses = mixing
    ? mixing(lossesFor(indices), lossesFor(ops.rolled(graph, indices)))
    : lossesFor(indices);
  const isPlain = !mixing && !chances && !all.soft && training.labelSmoothing === 0;
  const labels = ops.gather(graph, all.labels, indices);
  const sampleLosses = isPlain ? losses : lossesOf(graph, spec, output, labels, EVALUATING);
  const sampleClasses = ops.argMax(graph, scoresOf(graph, output, spec));
  const sampleProbabilities = chancesOf(graph, output, spec);
  return { losses, moved, chances, sampleLosses, sampleClasses, sampleProbabilities };
}

/** What samples are given as: their labels, or the shares of two classes. */
interface Given {
  output: Tensor;
  /** Whose labels, int32, batch. */
  rows: Tensor;
  pass: LossPass;
}

/** The losses of an output for the given labels; of soft ones, of each sample's two classes by their shares. */
function givenLosses(
  graph: Graph,
  spec: GraphSpec,
  { labels, soft }: Variables,
  { output, rows, pass }: Given,
): Tensor {
  const hard = lossesOf(graph, spec, output, ops.gather(graph, labels, rows), pass);
  if (!soft) return hard;
  const share = ops.gather(graph, soft.shares, rows);
  const other = lossesOf(graph, spec, output, ops.gather(graph, soft.others, rows), pass);
  return add(graph, hard, mul(graph, share, sub(graph, other, hard)));
}

/** The average of each sample's chances with those of this step in it; no gradient passes it. */
function averaged(
  graph: Graph,
  memory: Variable,
  indices: Tensor,
  output: Tensor,
  keep: number,
): Tensor {
  const before = mul(graph, ops.gather(graph, memory, indices), graph.scalar(keep));
  const now = mul(graph, held(graph, softmaxOf(graph, output)), graph.scalar(1 - keep));
  return add(graph, before, now);
}

/**
 * Mixes two values by a share that each step draws anew, from Beta(alpha, alpha) (Zhang et al. 2018,
 * mixup): as one of two gamma variates over both.
 */
function mixingOf(
  graph: Graph,
  alpha: number,
  seed: Tensor,
): (one: Tensor, other: Tensor) => Tensor {
  const int = attr.type('int32');
  const attrs = { dtype: attr.type('float32'), T: int, Tseed: int };
  const size = graph.ints([2]);
  const drawn = graph.op('StatelessRandomGammaV2', [size, seed, graph.scalar(alpha)], attrs, {
    dtype: 'float32',
    shape: [2],
  });
  // Both may be too small for a float where alpha is.
  const variates = add(graph, drawn, graph.scalar(1e-30));
  const [one, other] = ops.unpack(graph, variates, 2) as [Tensor, Tensor];
  const share = graph.op('RealDiv', [one, add(graph, one, other)], T, one);
  return (a, b) => add(graph, b, mul(graph, share, sub(graph, a, b)));
}
