/** Optimizer steps, several in one call. */
import { randomOf } from '../random.ts';
import { flipAndCrop } from './augment.ts';
import { forward } from './forward.ts';
import { gradients } from './gradients.ts';
import { attr } from './graph.ts';
import type { Graph, Node, Tensor } from './graph.ts';
import { chancesOf, lossesOf, scoresOf } from './losses/index.ts';
import * as ops from './ops/basic.ts';
import { add, mul, sub } from './ops/index.ts';
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
  const compiled = spec.layers.some(({ layer }) => layer.kind === 'signs');
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
  const { losses, moved, ...measured } = batchLosses(graph, spec, all, fed, values, read);
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
  return { loss: ops.mean(graph, losses), ...measured };
}

/** The losses of a batch in training, and the new moving averages. */
function batchLosses(
  graph: Graph,
  spec: GraphSpec,
  all: Variables,
  { indices, number }: Fed,
  values: readonly Tensor[],
  read: (variable: Variables['images']) => Tensor,
): { losses: Tensor; moved: Map<string, Tensor> } & Omit<Step, 'loss'> {
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
  const x = ops.standardized(graph, ops.cast(graph, bytes, 'float32'), spec.mean, spec.deviation);
  const moved = new Map<string, Tensor>();
  const pass = {
    graph,
    precision: spec.precision ?? 'float32',
    value: (name: string) => known.get(name)!,
    training: { seed, moved: (name: string, value: Tensor) => void moved.set(name, value) },
  };
  const output = forward(pass, spec.layers, x);
  const labels = ops.gather(graph, all.labels, indices);
  const hard = lossesOf(graph, spec, output, labels, training.labelSmoothing);
  const losses = all.soft ? shared(graph, spec, all.soft, output, indices, hard) : hard;
  const sampleLosses =
    training.labelSmoothing === 0 ? hard : lossesOf(graph, spec, output, labels, 0);
  const sampleClasses = ops.argMax(graph, scoresOf(graph, output, spec));
  const sampleProbabilities = chancesOf(graph, output, spec);
  return { losses, moved, sampleLosses, sampleClasses, sampleProbabilities };
}

/** The loss of soft labels: of each sample's two classes, by their shares. @param hard that of the first */
function shared(
  graph: Graph,
  spec: GraphSpec,
  soft: NonNullable<Variables['soft']>,
  output: Tensor,
  indices: Tensor,
  hard: Tensor,
): Tensor {
  const others = ops.gather(graph, soft.others, indices);
  const share = ops.gather(graph, soft.shares, indices);
  const other = lossesOf(graph, spec, output, others, spec.training.labelSmoothing);
  return add(graph, hard, mul(graph, share, sub(graph, other, hard)));
}

/** Moves one weight, with its decay. */
function update(
  graph: Graph,
  { training }: GraphSpec,
  all: Variables,
  { i, value, gradient, shared }: { i: number; value: Tensor; gradient: Tensor; shared: Tensor[] },
  rate: Tensor,
): Node {
  const optimizer = optimizerOf(training);
  const weight = all.weights[i]!.variable;
  const given = { weight, value, slots: all.slots[i]!, shared, rate };
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
