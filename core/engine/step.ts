/** Optimizer steps, several in one call. */
import { randomOf } from '../random.ts';
import { flipAndCrop } from './augment.ts';
import { forward } from './forward.ts';
import { gradients } from './gradients.ts';
import { attr } from './graph.ts';
import type { Graph, Node, Tensor, Variable } from './graph.ts';
import { chancesOf, EVALUATING, lossesOf, memoryOf, scoresOf } from './losses/index.ts';
import type { LossPass } from './losses/index.ts';
import * as ops from './ops/basic.ts';
import { add, held, mul, softmaxOf, sub } from './ops/index.ts';
import { optimizerOf } from './optimizers/index.ts';
import type { Signature } from './saved-model.ts';
import type { GraphSpec, Variables } from './variables.ts';

const T = { T: attr.type('float32') };

/** What one step is fed. */
interface Fed {
  /** int32, batch. */
  indices: Tensor;
  /** The learning rate: a scalar. */
  rate: Tensor;
  /** The number of the step in the whole run: an int32 scalar. Random numbers depend on it. */
  number: Tensor;
}

/** The nodes that wrote each variable last, in this call. */
type Written = Map<string, Node>;

/**
 * A call of `count` steps, one after the other, of `batch` samples each (-1: told by each call).
 * Fed: `indices` int32, count x batch; `rates` float32, count; `numbers` int32, count.
 * Fetched: `losses` float32, count: each batch's mean loss before its step. Where samples are
 * measured during the epoch, `sampleLosses` (float32) and `sampleClasses` (int32), count x batch, and
 * `sampleProbabilities` (float32), count x batch x classes: what the network made of each sample just
 * before its step.
 */
export function stepsSignature(
  graph: Graph,
  spec: GraphSpec,
  all: Variables,
  count: number,
  batch: number,
): Signature {
  const indices = graph.placeholder('indices', 'int32', [count, batch]);
  const rates = graph.placeholder('rates', 'float32', [count]);
  const numbers = graph.placeholder('numbers', 'int32', [count]);
  const parts = [indices, rates, numbers].map((fed) => ops.unpack(graph, fed, count));
  const written: Written = new Map();
  // XLA has no gamma variates, which mixup draws.
  const compiled =
    spec.training.mixup === 0 && spec.layers.some(({ layer }) => layer.kind === 'signs');
  const steps = Array.from({ length: count }, (_, k) => {
    const [chosen, rate, number] = parts.map((part) => part[k]!) as [Tensor, Tensor, Tensor];
    const build = () => step(graph, spec, all, { indices: chosen, rate, number }, written);
    return compiled ? graph.compiled(`step${k}`, build) : build();
  });
  const last = [...written.values()];
  const fetched = (pick: (one: Step) => Tensor): Tensor => ops.pack(graph, steps.map(pick));
  const losses = ops.after(
    graph,
    last,
    fetched(({ loss }) => loss),
  );
  const measured =
    spec.training.measure === 'during'
      ? {
          sampleLosses: fetched((one) => one.sampleLosses),
          sampleClasses: fetched((one) => one.sampleClasses),
          sampleProbabilities: fetched((one) => one.sampleProbabilities),
        }
      : {};
  return { inputs: { indices, rates, numbers }, outputs: { losses, ...measured } };
}

/** What a step found before it changed the weights. */
interface Step {
  /** The batch's mean loss: a scalar. */
  loss: Tensor;
  /** Each sample's loss without label smoothing, as evaluating has it. */
  sampleLosses: Tensor;
  /** Each sample's predicted class. */
  sampleClasses: Tensor;
  /** The chance of each class for each sample. */
  sampleProbabilities: Tensor;
}

/** One step. Each variable is read after what wrote it last, so the next step may begin early. */
function step(graph: Graph, spec: GraphSpec, all: Variables, fed: Fed, written: Written): Step {
  const { training } = spec;
  const read = (variable: { name: string } & Parameters<Graph['read']>[0]): Tensor => {
    const before = written.get(variable.name);
    return graph.read(variable, before ? [before] : []);
  };
  const values = all.weights.map(({ variable }) => read(variable));
  const { losses, moved, chances, ...measured } = batchLosses(graph, spec, all, fed, values, read);
  const found = gradients(graph, losses, ops.meanSeed(graph, losses), values);
  const bounded = training.clipNorm > 0 ? clipped(graph, found, training.clipNorm) : found;
  const shared = all.shared.map(read);
  const applied = all.weights.map((_, i) =>
    update(graph, spec, all, { i, value: values[i]!, gradient: bounded[i]!, shared }, fed.rate),
  );
  all.weights.forEach(({ variable }, i) => written.set(variable.name, applied[i]!));
  const factors = Object.values(optimizerOf(training).shared).map(({ factor }) => factor);
  all.shared.forEach((variable, i) => {
    const next = mul(graph, shared[i]!, graph.scalar(factors[i]!));
    written.set(variable.name, graph.assign(variable, next, applied));
  });
  for (const { variable } of all.moving) {
    const value = moved.get(variable.name)!;
    written.set(variable.name, graph.assign(variable, value));
  }
  if (all.memory && chances) {
    const before = written.get(all.memory.name);
    const after = before ? [before] : [];
    written.set(all.memory.name, ops.scatter(graph, all.memory, fed.indices, chances, after));
  }
  return { loss: ops.mean(graph, losses), ...measured };
}

/** What a batch gives in training. */
interface BatchLosses extends Omit<Step, 'loss'> {
  losses: Tensor;
  /** The new moving averages. */
  moved: Map<string, Tensor>;
  /** The samples' new average chances, where the loss keeps them. */
  chances: Tensor | null;
}

/** The losses of a batch in training, and the new moving averages. */
function batchLosses(
  graph: Graph,
  spec: GraphSpec,
  all: Variables,
  { indices, number }: Fed,
  values: readonly Tensor[],
  read: (variable: Variables['images']) => Tensor,
): BatchLosses {
  const { training } = spec;
  let streams = 0;
  const seed = (): Tensor => {
    const stream = randomOf(training.seed, 'graph', streams++).below(2 ** 31);
    return ops.pack(graph, [graph.constant([stream], [], 'int32'), number]);
  };
  const known = new Map(all.weights.map(({ name }, i) => [name, values[i]!]));
  for (const { name, variable } of all.moving) known.set(name, read(variable));
  const stored = ops.gather(graph, all.images, indices);
  const bytes = training.augment === 'flip-crop' ? flipAndCrop(graph, stored, seed()) : stored;
  const own = ops.standardized(graph, ops.cast(graph, bytes, 'float32'), spec.mean, spec.deviation);
  const mixing = training.mixup > 0 ? mixingOf(graph, training.mixup, seed()) : null;
  const x = mixing ? mixing(own, ops.rolled(graph, own)) : own;
  const moved = new Map<string, Tensor>();
  const pass = {
    graph,
    precision: spec.precision ?? 'float32',
    value: (name: string) => known.get(name)!,
    training: { seed, moved: (name: string, value: Tensor) => void moved.set(name, value) },
  };
  const output = forward(pass, spec.layers, x);
  const keep = memoryOf(training);
  const chances = all.memory ? averaged(graph, all.memory, indices, output, keep) : null;
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

/** The gradient of lambda ||W - W0||^2 (Hu, Li, Yu 2020): 2 lambda (W - W0). */
function pulled(graph: Graph, start: Variable, value: Tensor, lambda: number): Tensor {
  return mul(graph, sub(graph, value, graph.read(start)), graph.scalar(2 * lambda));
}

/** Of one weight: its value, its gradient, and what the optimizer shares among all. */
interface Gradient {
  i: number;
  value: Tensor;
  gradient: Tensor;
  shared: Tensor[];
}

/** Moves one weight, with its decay and its pull towards the start. */
function update(
  graph: Graph,
  { training }: GraphSpec,
  all: Variables,
  { i, value, gradient: found, shared }: Gradient,
  rate: Tensor,
): Node {
  const optimizer = optimizerOf(training);
  const weight = all.weights[i]!.variable;
  const given = { weight, value, slots: all.slots[i]!, shared, rate };
  const pull = training.startPenalty;
  const gradient =
    pull === 0 ? found : add(graph, found, pulled(graph, all.starts[i]!, value, pull));
  if (training.weightDecay === 0) return optimizer.apply(graph, { ...given, gradient }, []);
  const decay = mul(graph, value, graph.scalar(training.weightDecay));
  if (!optimizer.decoupledDecay) {
    return optimizer.apply(graph, { ...given, gradient: add(graph, gradient, decay) }, []);
  }
  const attrs = { dtype: attr.type('float32') };
  const shrunk = graph.node('AssignSubVariableOp', [weight, mul(graph, decay, rate)], attrs);
  return optimizer.apply(graph, { ...given, gradient }, [shrunk]);
}

/** Scales all gradients down together where their norm is larger than `most` (Pascanu et al. 2013). */
function clipped(graph: Graph, found: readonly Tensor[], most: number): Tensor[] {
  const scalar = { dtype: 'float32', shape: [] } as const;
  // L2Loss is half of the sum of squares.
  const halves = found.map((gradient) => graph.op('L2Loss', [gradient], T, scalar));
  const half = graph.op('AddN', halves, { ...T, N: attr.int(halves.length) }, scalar);
  const norm = graph.op('Sqrt', [mul(graph, half, graph.scalar(2))], T, scalar);
  const share = graph.op('RealDiv', [graph.scalar(most), norm], T, scalar);
  const factor = graph.op('Minimum', [share, graph.scalar(1)], T, scalar);
  return found.map((gradient) => mul(graph, gradient, factor));
}
