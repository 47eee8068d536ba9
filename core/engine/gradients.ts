/** Reverse-mode differentiation of a graph. Each operation's rule is registered by `ops/`. */
import { attr, isReal } from './graph.ts';
import type { Graph, Node, Tensor } from './graph.ts';

/**
 * The rule of one operation: from the gradient of its output 0 to those of its inputs.
 * @param needed for each input, whether its gradient is wanted (images need none)
 * @returns for each input its gradient, or null where it has none or it is not needed
 */
export type GradientRule = (
  graph: Graph,
  node: Node,
  dy: Tensor,
  needed: readonly boolean[],
) => (Tensor | null)[];

const rules = new Map<string, GradientRule>();

/** Registers the rule of an operation, by its TensorFlow name. */
export function registerGradient(op: string, rule: GradientRule): void {
  rules.set(op, rule);
}

/**
 * Adds the nodes that compute d(sum of seed * y)/dx for each x.
 * @param y what is differentiated (output 0 of its node)
 * @param seed the gradient of the objective with respect to `y`, in its shape
 * @param xs what it is differentiated by
 * @returns a gradient for each x, in its shape
 * @throws where an operation on the way has no rule, or an x does not lead to `y`
 */
export function gradients(graph: Graph, y: Tensor, seed: Tensor, xs: readonly Tensor[]): Tensor[] {
  const found = gradientsBetween(graph, y, seed, xs);
  return xs.map((x) => {
    const dx = found.get(x.node);
    if (!dx) throw new Error(`${y.node.name} does not depend on ${x.node.name}.`);
    return dx;
  });
}

/**
 * As `gradients`, of all that lies between: the gradient of output 0 of each node on a way from an x to
 * `y`. What is not fetched of it is never computed.
 * @throws where an operation on the way has no rule
 */
export function gradientsBetween(
  graph: Graph,
  y: Tensor,
  seed: Tensor,
  xs: readonly Tensor[],
): ReadonlyMap<Node, Tensor> {
  const active = nodesReaching(y.node, new Set(xs.map((x) => x.node)));
  const found = new Map<Node, Tensor>([[y.node, seed]]);
  // Nodes are created after their inputs, so walking back through the list is reverse order.
  for (const node of graph.nodes.slice(0, graph.nodes.indexOf(y.node) + 1).reverse()) {
    const dy = found.get(node);
    if (!dy || !active.has(node) || xs.some((x) => x.node === node)) continue;
    const rule = rules.get(node.op);
    if (!rule) throw new Error(`The operation ${node.op} has no gradient rule.`);
    const needed = node.inputs.map((input) => isReal(input.dtype) && active.has(input.node));
    rule(graph, node, dy, needed).forEach((dx, i) => {
      const input = node.inputs[i];
      if (dx && input && needed[i]) accumulate(graph, found, input.node, dx);
    });
  }
  return found;
}

/** The nodes that lie on a way from one of `sources` to `end`. */
function nodesReaching(end: Node, sources: ReadonlySet<Node>): Set<Node> {
  const reaches = new Map<Node, boolean>();
  const visit = (node: Node): boolean => {
    const known = reaches.get(node);
    if (known !== undefined) return known;
    let reached = sources.has(node);
    // Whole numbers, such as shapes, pass no gradient on.
    const real = node.inputs.filter(({ dtype }) => isReal(dtype));
    for (const input of real) if (visit(input.node)) reached = true;
    reaches.set(node, reached);
    return reached;
  };
  visit(end);
  return new Set([...reaches].filter(([, reached]) => reached).map(([node]) => node));
}

/** Where a value is used twice, its gradients add up. */
function accumulate(graph: Graph, found: Map<Node, Tensor>, node: Node, dx: Tensor): void {
  const before = found.get(node);
  const sum = before ? graph.op('AddV2', [before, dx], { T: attr.type(dx.dtype) }, dx) : dx;
  found.set(node, sum);
}
