/** Each optimizer against its published rule, over 20 steps of given gradients. */
import { expect, test } from 'vitest';
import { attr, Graph } from '../../core/engine/graph.ts';
import { after } from '../../core/engine/ops/basic.ts';
import { mul } from '../../core/engine/ops/index.ts';
import { optimizerOf } from '../../core/engine/optimizers/index.ts';
import { loadGraph } from './run-graph.ts';

const RATE = 0.1;
const MOMENTUM = 0.9;
const DECAY = 0.3;
const gradientAt = (step: number): number => Math.sin(step) + 0.3;

type Move = (gradient: number, weight: number) => number;

function adam(): Move {
  let [m, v, t] = [0, 0, 0];
  return (g, w) => {
    t++;
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    const rate = (RATE * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t);
    return w - (rate * m) / (Math.sqrt(v) + 1e-7);
  };
}

/** One weight, moved by the update rule in plain numbers. */
const RULES: Record<string, () => Move> = {
  sgd: () => (g, w) => w - RATE * g,
  momentum() {
    let a = 0;
    return (g, w) => w - RATE * (a = MOMENTUM * a + g);
  },
  nesterov() {
    let a = 0;
    return (g, w) => {
      a = MOMENTUM * a + g;
      return w - RATE * (g + MOMENTUM * a);
    };
  },
  adam,
  adamw() {
    const move = adam();
    return (g, w) => move(g, w - RATE * DECAY * w);
  },
  adadelta() {
    let [squares, updates] = [0, 0];
    return (g, w) => {
      squares = 0.9 * squares + 0.1 * g * g;
      const update = (Math.sqrt(updates + 1e-6) / Math.sqrt(squares + 1e-6)) * g;
      updates = 0.9 * updates + 0.1 * update * update;
      return w - RATE * update;
    };
  },
};

test.each(Object.entries(RULES))('%s', async (optimizer, start) => {
  const rule = optimizerOf({ optimizer, momentum: MOMENTUM });
  const graph = new Graph();
  const weight = graph.variable('w', 'float32', [1]);
  const slots = rule.slots.map((name) => graph.variable(name, 'float32', [1]));
  const shared = Object.keys(rule.shared).map((name) => graph.variable(name, 'float32', []));
  const gradient = graph.placeholder('g', 'float32', [1]);
  const first = [
    graph.assign(weight, graph.constant([1], [1], 'float32')),
    ...slots.map((slot) => graph.assign(slot, graph.constant([0], [1], 'float32'))),
    ...Object.values(rule.shared).map(({ start }, i) =>
      graph.assign(shared[i]!, graph.scalar(start)),
    ),
  ];
  const before = graph.read(weight);
  const decay = mul(graph, before, graph.scalar(RATE * DECAY));
  const shrunk = rule.decoupledDecay
    ? [graph.node('AssignSubVariableOp', [weight, decay], { dtype: attr.type('float32') })]
    : [];
  const powers = shared.map((variable) => graph.read(variable));
  const rate = graph.scalar(RATE);
  const given = { weight, value: before, gradient, slots, shared: powers, rate };
  const moved = rule.apply(graph, given, shrunk);
  const factors = Object.values(rule.shared).map(({ factor }) => graph.scalar(factor));
  const all = [
    moved,
    ...shared.map((variable, i) =>
      graph.assign(variable, mul(graph, powers[i]!, factors[i]!), [moved]),
    ),
  ];
  const value = after(graph, all, graph.read(weight, [moved]));
  const call = await loadGraph(graph, {
    start: { inputs: {}, outputs: { done: after(graph, first, graph.scalar(0)) } },
    step: { inputs: { g: gradient }, outputs: { value } },
  });
  call('start', {});
  const move = start();
  let wanted = 1;
  for (let step = 0; step < 20; step++) {
    wanted = move(gradientAt(step), wanted);
    const g = { data: Float32Array.of(gradientAt(step)), shape: [1] };
    expect(call('step', { g })['value']![0]).toBeCloseTo(wanted, 5);
  }
});
