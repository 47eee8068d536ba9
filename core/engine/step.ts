/** Optimizer steps, several in one call. */
import { batchLosses } from './batch.ts';
import type { BatchLosses, Fed, Measured, Trained } from './batch.ts';
import { gradients } from './gradients.ts';
import type { Graph, Node, Tensor, Variable } from './graph.ts';
import * as ops from './ops/basic.ts';
import { mul } from './ops/index.ts';
import { optimizerOf } from './optimizers/index.ts';
import { changingIn } from './phases.ts';
import type { Phase } from './phases.ts';
import type { Signature } from './saved-model.ts';
import { schemeOf } from './schemes/index.ts';
import { clipped, update } from './update.ts';
import type { GraphSpec, Variables } from './variables.ts';

/** What a step is fed, in the order of `stepsSignature`. */
type FedParts = [Tensor, Tensor, Tensor, Tensor?];

/** The nodes that wrote each variable last, in this call. */
type Written = Map<string, Node>;

/** How large a call of steps is. */
export interface StepsSize {
  count: number;
  /** Samples of each step; -1 where each call tells it. */
  batch: number;
}

/**
 * A call of `count` steps of a phase, one after the other, of `batch` samples each.
 * Fed: `indices` int32, count x batch; `rates` float32, count; `numbers` int32, count; and where networks
 * exchange samples `kept` int32, count: how many of a batch each takes.
 * Fetched: `losses` float32, count: each batch's mean loss before its step. Where samples are
 * measured during the epoch, `sampleLosses` (float32) and `sampleClasses` (int32), count x batch, and
 * `sampleProbabilities` (float32), count x batch x classes: what the network made of each sample just
 * before its step.
 */
export function stepsSignature(
  graph: Graph,
  spec: GraphSpec,
  all: Variables,
  phase: Phase,
  { count, batch }: StepsSize,
): Signature {
  const indices = graph.placeholder('indices', 'int32', [count, batch]);
  const rates = graph.placeholder('rates', 'float32', [count]);
  const numbers = graph.placeholder('numbers', 'int32', [count]);
  const exchanged = all.peer ? { kept: graph.placeholder('kept', 'int32', [count]) } : {};
  const inputs = { indices, rates, numbers, ...exchanged };
  const parts = Object.values(inputs).map((fed) => ops.unpack(graph, fed, count));
  const written: Written = new Map();
  // XLA has no gamma variates, which mixup draws.
  const compiled =
    spec.training.mixup === 0 && spec.layers.some(({ layer }) => layer.kind === 'signs');
  const steps = Array.from({ length: count }, (_, k) => {
    const [chosen, rate, number, kept] = parts.map((part) => part[k]!) as FedParts;
    const one = { indices: chosen, rate, number, kept };
    const build = () => step(graph, spec, all, { phase, fed: one, written });
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
  return { inputs, outputs: { losses, ...measured } };
}

/** What a step found before it changed the weights: of the first network. */
interface Step extends Measured {
  /** The batch's mean loss: a scalar. */
  loss: Tensor;
}

/** One step in a call. */
interface InCall {
  phase: Phase;
  fed: Fed;
  written: Written;
}

/** One step of each network that is trained, all from what they were before it. */
function step(graph: Graph, spec: GraphSpec, all: Variables, call: InCall): Step {
  const { fed, written } = call;
  const { exchange } = schemeOf(spec.training);
  // Each variable is read after what wrote it last, so the next step may begin early.
  const read = (variable: Variable): Tensor => {
    const before = written.get(variable.name);
    return graph.read(variable, before ? [before] : []);
  };
  const passes = [all, ...(all.peer ? [all.peer] : [])].map((own) => {
    const trained = { own, values: own.weights.map(({ variable }) => read(variable)), read };
    return { trained, batch: batchLosses(graph, spec, all, fed, trained) };
  });
  passes.forEach(({ trained, batch }, i) => {
    const other = passes[1 - i];
    const seed =
      exchange && other
        ? exchange.seed(graph, other.batch.losses, fed.kept!)
        : ops.meanSeed(graph, batch.losses);
    moveNetwork(graph, spec, { trained, batch, seed }, call);
  });
  const { losses, moved: _moved, chances: _chances, ...measured } = passes[0]!.batch;
  return { loss: ops.mean(graph, losses), ...measured };
}

/** What moves a network: its batch, and the gradient of the objective by each sample's loss. */
interface Move {
  trained: Trained;
  batch: BatchLosses;
  seed: Tensor;
}

/** Moves a network's weights, and all that goes on with them. */
function moveNetwork(
  graph: Graph,
  spec: GraphSpec,
  { trained: { own, values, read }, batch, seed }: Move,
  { phase, fed, written }: InCall,
): void {
  const { training } = spec;
  const { weights, moving } = changingIn(own, phase);
  const chosen = weights.map((i) => values[i]!);
  const found = gradients(graph, batch.losses, seed, chosen);
  const bounded = training.clipNorm > 0 ? clipped(graph, found, training.clipNorm) : found;
  const shared = own.shared.map(read);
  const applied = weights.map((i, k) =>
    update(graph, spec, own, { i, value: chosen[k]!, gradient: bounded[k]!, shared }, fed.rate),
  );
  weights.forEach((i, k) => written.set(own.weights[i]!.variable.name, applied[k]!));
  const factors = Object.values(optimizerOf(training).shared).map(({ factor }) => factor);
  own.shared.forEach((variable, i) => {
    const next = mul(graph, shared[i]!, graph.scalar(factors[i]!));
    written.set(variable.name, graph.assign(variable, next, applied));
  });
  for (const { variable, name } of moving) {
    const value = batch.moved.get(name)!;
    written.set(variable.name, graph.assign(variable, value));
  }
  if (own.memory && batch.chances) {
    const before = written.get(own.memory.name);
    const after = before ? [before] : [];
    const kept = ops.scatter(graph, own.memory, fed.indices, batch.chances, after);
    written.set(own.memory.name, kept);
  }
}
