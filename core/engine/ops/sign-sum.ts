/** The last layer of the theorems' network, with a gradient that never builds a large rank-one matrix. */
import { attr } from '../graph.ts';
import type { Graph, Tensor } from '../graph.ts';
import { registerGradient } from '../gradients.ts';
import { add, mul, sub } from './arithmetic.ts';
import { matMul } from './matmul.ts';
import { reshape } from './shape.ts';

const T = { T: attr.type('float32') };

/** An activation phi of z as this layer computes it, and its slope phi'(z) from z and phi(z). */
interface Hidden {
  value: (graph: Graph, z: Tensor, h: Tensor) => Tensor;
  slope: (graph: Graph, z: Tensor, h: Tensor) => Tensor;
}

const asIs = (_graph: Graph, _z: Tensor, h: Tensor): Tensor => h;

/** By the operation that made h. */
const HIDDEN: Record<string, Hidden> = {
  Relu: { value: asIs, slope: (graph, _z, h) => graph.op('Sign', [h], T, h) },
  Softplus: { value: softplusOf, slope: logisticOf },
  Tanh: {
    value: asIs,
    slope: (graph, _z, h) => sub(graph, graph.scalar(1), graph.op('Square', [h], T, h)),
  },
};

/** exp(-|z|), which never overflows. */
function decay(graph: Graph, z: Tensor): Tensor {
  const size = graph.op('Abs', [z], T, z);
  return graph.op('Exp', [graph.op('Neg', [size], T, z)], T, z);
}

/**
 * log(1 + exp(z)) = max(z, 0) + log(1 + exp(-|z|)), to an absolute error of 1e-7. TensorFlow's own
 * kernel takes twice as long as these passes; compiled, they and the slope share their exponential.
 */
function softplusOf(graph: Graph, z: Tensor): Tensor {
  const rest = graph.op('Log', [add(graph, decay(graph, z), graph.scalar(1))], T, z);
  return add(graph, graph.op('Relu', [z], T, z), rest);
}

/** 1 / (1 + exp(-z)), without overflow. */
function logisticOf(graph: Graph, z: Tensor): Tensor {
  const e = decay(graph, z);
  const positive = graph.op('Greater', [z, graph.scalar(0)], T, { dtype: 'bool', shape: z.shape });
  const top = graph.op('SelectV2', [positive, graph.scalar(1), e], T, z);
  return graph.op('RealDiv', [top, add(graph, e, graph.scalar(1))], T, z);
}

/**
 * h v for hidden values h = phi(x W) and a fixed column v: batch x 1.
 *
 * By the chain rule dL/dW = x^T ((r v^T) o phi'(z)) with r = dL/df. The same number is
 * ((r o x)^T phi'(z)) o v^T, which needs one pass over batch x units numbers instead of three.
 * @param h batch x units
 * @param v units x 1, constant
 */
export function signSum(graph: Graph, h: Tensor, v: Tensor): Tensor {
  const product = h.node.inputs[0]?.node;
  const hidden = HIDDEN[h.node.op];
  if (!hidden || product?.op !== 'MatMul') return matMul(graph, h, v);
  const [x, kernel] = product.inputs as [Tensor, Tensor];
  const z: Tensor = { ...h, node: product };
  const f = matMul(graph, hidden.value(graph, z, h), v);
  // Passes f on as it is; that it depends on all of these is for its gradient rule.
  const parts = [f, x, kernel, z, h, v];
  return graph.op('IdentityN', parts, { T: attr.types(parts.map(({ dtype }) => dtype)) }, f);
}

registerGradient('IdentityN', (graph, node, r, [, needX, needKernel]) => {
  const [, x, kernel, z, h, v] = node.inputs as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
  const slope = HIDDEN[h.node.op]!.slope(graph, z, h);
  const row = reshape(graph, v, [1, v.shape[0]!]);
  const dKernel = () => mul(graph, matMul(graph, mul(graph, x, r), slope, true), row);
  const dx = () => matMul(graph, mul(graph, mul(graph, slope, row), r), kernel, false, true);
  return [null, needX ? dx() : null, needKernel ? dKernel() : null];
});
