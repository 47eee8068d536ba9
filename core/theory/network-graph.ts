/** The graph that any network's Jacobian is looked at by: J J^T, added up, and its eigenvalues. */
import { forward } from '../engine/forward.ts';
import { attr, Graph, sizeOf } from '../engine/graph.ts';
import type { Tensor, Variable } from '../engine/graph.ts';
import * as ops from '../engine/ops/basic.ts';
import { mul, NEWEST } from '../engine/ops/index.ts';
import type { Signature } from '../engine/saved-model.ts';
import { createWeights } from '../engine/weights.ts';
import { batchOf, done, kernelFillings, rowCount } from './kernel-fillings.ts';
import type { NetworkKernelSpec } from './kernel-fillings.ts';
import { rowBlocks } from './kernel-parts.ts';
import type { Block } from './kernel-parts.ts';

/** A graph with its calls. */
export interface NetworkKernelGraph {
  graph: Graph;
  /**
   * `fill` and `weights` take values; `settle`; `clear`. Each of `fillings` then takes `samples`, the
   * `outputs` their rows are the gradients of, and the `places` of these rows; when all samples are
   * through, each of `blocks` adds the filling up by `add/FILLING/BLOCK`. Then `eigenvalues`, or `gram`,
   * of which only the lower triangle counts.
   */
  signatures: Record<string, Signature>;
  /** Weights, which are fed before rows are asked for. */
  weights: readonly Variable[];
  /** Whether `settle` is there: has batch norm take the statistics of these samples at these weights. */
  settles: boolean;
  parameters: number;
  /** Samples of one call. */
  batch: number;
  fillings: readonly string[];
  blocks: readonly Block[];
}

/** Rows of J J^T that are added up at a time: what lies right of a block's last row is left out. */
const BLOCK_ROWS = 1000;
const F64 = { T: attr.type('float64') };

/** Builds the graph. */
export function networkKernelGraph(spec: NetworkKernelSpec): NetworkKernelGraph {
  const graph = new Graph();
  const { trained, moving } = createWeights(graph, spec.layers);
  const weights = trained.map(({ variable }) => variable);
  const statistics = moving.map(({ variable }) => variable);
  const inputs = graph.variable('inputs', 'float32', [spec.samples, ...spec.shape]);
  const rows = rowCount(spec);
  const blocks = rowBlocks(rows, spec.blockRows ?? BLOCK_ROWS);
  const grams = blocks.map(({ from, to }, b) =>
    graph.variable(`gram${b}`, 'float64', [to - from, to]),
  );
  const fillings = kernelFillings(graph, spec, { weights, statistics, inputs });
  const whole = assembled(graph, rows, grams);
  return {
    graph,
    weights,
    settles: statistics.length > 0,
    parameters: weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    batch: batchOf(spec),
    fillings: fillings.map(({ name }) => name),
    blocks,
    signatures: {
      fill: fed(graph, [inputs]),
      weights: fed(graph, weights),
      ...(statistics.length > 0
        ? { settle: settle(graph, spec, inputs, weights, statistics) }
        : {}),
      clear: clear(graph, [...new Set([...grams, ...fillings.flatMap(({ into }) => into)])]),
      ...Object.fromEntries(
        fillings.flatMap(({ name, signature, share }) => [
          [name, signature] as const,
          ...blocks.map(
            (block, b) => [`add/${name}/${b}`, added(graph, grams[b]!, share(block))] as const,
          ),
        ]),
      ),
      eigenvalues: eigenvalues(graph, whole),
      gram: { inputs: {}, outputs: { values: ops.cast(graph, whole, 'float32') } },
    },
  };
}

/** Gives variables the values that are fed under their names. */
function fed(graph: Graph, variables: readonly Variable[]): Signature {
  const values = variables.map((v) => graph.placeholder(`fed/${v.name}`, 'float32', v.shape));
  const assigned = variables.map((variable, i) => graph.assign(variable, values[i]!));
  return {
    inputs: Object.fromEntries(variables.map(({ name }, i) => [name, values[i]!])),
    outputs: { done: ops.after(graph, assigned, graph.scalar(1)) },
  };
}

/** Samples that statistics are taken of, at most: their activations are in memory at once. */
const SETTLED_BY = 1000;

/**
 * Gives batch norm the mean and variance that the samples themselves have at these weights. A moving
 * average lags behind, and is far off before training; and with the statistics of a batch an output
 * would depend on all its samples, so that there would be no row of one sample alone.
 */
function settle(
  graph: Graph,
  { layers, samples }: NetworkKernelSpec,
  inputs: Variable,
  weights: readonly Variable[],
  statistics: readonly Variable[],
): Signature {
  const values = new Map([
    ...weights.map((variable) => [variable.name, graph.read(variable)] as const),
    // What is written is a share of the batch's own, and the rest of these: of nothing.
    ...statistics.map(({ name, shape }) => [name, ops.filled(graph, shape, 0, 'float32')] as const),
  ]);
  const found = new Map<string, Tensor>();
  const count = Math.min(samples, SETTLED_BY);
  const rows = graph.constant(
    Array.from({ length: count }, (_, i) => i),
    [count],
    'int32',
  );
  const training = {
    seed: () => graph.ints([0, 0]),
    moved: (name: string, value: Tensor) => void found.set(name, value),
  };
  const value = (name: string) => values.get(name)!;
  const pass = { graph, precision: 'float32', value, training } as const;
  forward(pass, layers, ops.gather(graph, inputs, rows));
  const assigned = statistics.map((variable) =>
    graph.assign(variable, mul(graph, found.get(variable.name)!, graph.scalar(1 / NEWEST))),
  );
  return { inputs: {}, outputs: { done: ops.after(graph, assigned, graph.scalar(1)) } };
}

function clear(graph: Graph, cleared: readonly Variable[]): Signature {
  const assigned = cleared.map((variable) =>
    graph.assign(variable, ops.filled(graph, variable.shape, 0, variable.dtype)),
  );
  return done(graph, {}, assigned);
}

function added(graph: Graph, gram: Variable, share: Tensor): Signature {
  const dtype = attr.type('float64');
  return done(graph, {}, [graph.node('AssignAddVariableOp', [gram, share], { dtype })]);
}

/** J J^T, rows x rows; right of the diagonal there is nothing but what its blocks have. */
function assembled(graph: Graph, rows: number, grams: readonly Variable[]): Tensor {
  const padded = grams.map((gram) => {
    const [height, width] = gram.shape as [number, number];
    const paddings = graph.constant([0, 0, 0, rows - width], [2, 2], 'int32');
    const attrs = { ...F64, Tpaddings: attr.type('int32') };
    const shape = [height, rows];
    return graph.op('Pad', [graph.read(gram), paddings], attrs, { dtype: 'float64', shape });
  });
  return ops.concatenated(graph, padded, 0);
}

/** Of J J^T, least first; the decomposition reads the lower triangle alone. */
function eigenvalues(graph: Graph, whole: Tensor): Signature {
  const node = graph.node('SelfAdjointEigV2', [whole], { ...F64, compute_v: attr.bool(false) });
  const values: Tensor = { node, index: 0, dtype: 'float64', shape: [whole.shape[0]!] };
  return { inputs: {}, outputs: { values: ops.cast(graph, values, 'float32') } };
}
