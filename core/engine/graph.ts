/** A typed builder of TensorFlow graphs: nodes, constants, placeholders and variables. */
import { DATA_TYPES } from './proto.ts';
import type { DType } from './proto.ts';

export type { DType };

/** The types through which gradients pass. */
export const isReal = (dtype: DType): boolean => dtype === 'float32' || dtype === 'bfloat16';

/** Sizes by axis; -1 where it is known only when the graph runs (the batch). */
export type Shape = readonly number[];

/** One output of a node. */
export interface Tensor {
  /** The node that makes it. */
  readonly node: Node;
  /** Which of the node's outputs. */
  readonly index: number;
  readonly dtype: DType;
  readonly shape: Shape;
}

/** A variable: a resource that lives in the session, shared by all signatures. */
export interface Variable {
  readonly name: string;
  readonly handle: Node;
  readonly dtype: DType;
  readonly shape: Shape;
}

/** An attribute of a node, in the form of TensorFlow's `AttrValue`. */
export type Attr =
  | { s: Buffer }
  | { i: number }
  | { f: number }
  | { b: boolean }
  | { type: number }
  | { list: { i?: number[]; type?: number[] } }
  | { shape: object }
  | { tensor: object };

/** One operation of the graph. */
export interface Node {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly Tensor[];
  /** `name` or `name:index` or `^name`, as GraphDef writes them. */
  readonly input: string[];
  readonly attr: Record<string, Attr>;
}

/** Attributes, written short. */
export const attr = {
  type: (dtype: DType): Attr => ({ type: DATA_TYPES[dtype] }),
  int: (i: number): Attr => ({ i }),
  float: (f: number): Attr => ({ f }),
  bool: (b: boolean): Attr => ({ b }),
  string: (s: string): Attr => ({ s: Buffer.from(s) }),
  ints: (i: readonly number[]): Attr => ({ list: { i: [...i] } }),
  types: (dtypes: readonly DType[]): Attr => ({
    list: { type: dtypes.map((dtype) => DATA_TYPES[dtype]) },
  }),
  shape: (shape: Shape): Attr => ({ shape: shapeMessage(shape) }),
};

/** A shape as a `TensorShapeProto`. */
export function shapeMessage(shape: Shape): object {
  return { dim: shape.map((size) => ({ size })) };
}

/** How many numbers a fully known shape holds. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** What `tf.xla.experimental.jit_scope` puts on its nodes. */
function compiledAttrs(scope: string): Record<string, Attr> {
  return { _XlaCompile: attr.bool(true), _XlaScope: attr.string(scope) };
}

/** Collects nodes. Every method adds one and returns what it makes. */
export class Graph {
  readonly nodes: Node[] = [];
  private readonly used = new Map<string, number>();
  private scope: string | null = null;

  /**
   * Marks all nodes that `build` adds: TensorFlow compiles them with XLA into one kernel, where
   * they hang together. It pays off for many cheap passes over the same numbers, and not for
   * convolutions and large matrix products.
   */
  compiled<R>(scope: string, build: () => R): R {
    this.scope = scope;
    try {
      return build();
    } finally {
      this.scope = null;
    }
  }

  /** Adds an operation. `after` are nodes that must have run before it. */
  node(
    op: string,
    inputs: readonly (Tensor | Variable)[],
    attrs: Record<string, Attr> = {},
    options: { name?: string; after?: readonly Node[] } = {},
  ): Node {
    const node: Node = {
      name: this.unique(options.name ?? op),
      op,
      inputs: inputs.filter((input): input is Tensor => 'node' in input),
      input: [
        ...inputs.map((input) => ('node' in input ? reference(input) : input.handle.name)),
        ...(options.after ?? []).map((before) => `^${before.name}`),
      ],
      attr: this.scope === null ? attrs : { ...attrs, ...compiledAttrs(this.scope) },
    };
    this.nodes.push(node);
    return node;
  }

  /** Adds an operation with one output (or names output 0 of several). */
  op(
    op: string,
    inputs: readonly (Tensor | Variable)[],
    attrs: Record<string, Attr>,
    output: { dtype: DType; shape: Shape },
    options: { name?: string; after?: readonly Node[] } = {},
  ): Tensor {
    const { dtype, shape } = output;
    return { node: this.node(op, inputs, attrs, options), index: 0, dtype, shape };
  }

  /** A value fed at each call. */
  placeholder(name: string, dtype: DType, shape: Shape): Tensor {
    const attrs = { dtype: attr.type(dtype), shape: attr.shape(shape) };
    return this.op('Placeholder', [], attrs, { dtype, shape }, { name });
  }

  /** A constant of float32 or int32. */
  constant(values: readonly number[], shape: Shape, dtype: 'float32' | 'int32'): Tensor {
    const data = dtype === 'float32' ? Float32Array.from(values) : Int32Array.from(values);
    const tensor = {
      dtype: DATA_TYPES[dtype],
      tensorShape: shapeMessage(shape),
      tensorContent: Buffer.from(data.buffer),
    };
    const attrs = { dtype: attr.type(dtype), value: { tensor } };
    return this.op('Const', [], attrs, { dtype, shape });
  }

  /** A float32 scalar. */
  scalar(value: number): Tensor {
    return this.constant([value], [], 'float32');
  }

  /** An int32 vector. */
  ints(values: readonly number[]): Tensor {
    return this.constant(values, [values.length], 'int32');
  }

  /** A variable; it has no value until one is assigned. */
  variable(name: string, dtype: DType, shape: Shape): Variable {
    const attrs = {
      dtype: attr.type(dtype),
      shape: attr.shape(shape),
      shared_name: attr.string(name),
    };
    return { name, handle: this.node('VarHandleOp', [], attrs, { name }), dtype, shape };
  }

  /** A variable's value, read after the given nodes have run. */
  read(variable: Variable, after: readonly Node[] = []): Tensor {
    const { dtype, shape } = variable;
    return this.op(
      'ReadVariableOp',
      [variable],
      { dtype: attr.type(dtype) },
      { dtype, shape },
      {
        after,
      },
    );
  }

  /** Gives a variable a value, after the given nodes have run. */
  assign(variable: Variable, value: Tensor, after: readonly Node[] = []): Node {
    const attrs = { dtype: attr.type(variable.dtype) };
    return this.node('AssignVariableOp', [variable, value], attrs, { after });
  }

  private unique(name: string): string {
    const count = this.used.get(name) ?? 0;
    this.used.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  }
}

/** `node` or `node:index`, as GraphDef writes it. */
export function reference(tensor: Tensor): string {
  return tensor.index === 0 ? tensor.node.name : `${tensor.node.name}:${tensor.index}`;
}

/** `node:index`, as a signature writes it. */
export function tensorName(tensor: Tensor): string {
  return `${tensor.node.name}:${tensor.index}`;
}
