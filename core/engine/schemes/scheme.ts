/** What a training scheme is: how the networks of a run take their steps. */
import type { Reads } from '../../contract/catalogue/kinds.ts';
import type { Graph, Tensor } from '../graph.ts';

/** The training part of a Config, as far as a scheme reads it; fields of its own are in it besides. */
export interface SchemeConfig {
  scheme: string;
}

/** A kind of scheme: one file with one of these, and a line in `index.ts`. */
export interface SchemeKind extends Reads {
  /** How two networks choose each other's samples; absent where a network trains alone. */
  exchange?: Exchange;
  /** In which epochs which part of the network trains; absent where all of it does in all. */
  parts?: PartwiseTraining;
}

/** A network that trains part by part. */
export interface PartwiseTraining {
  /** Blocks that a network needs for it: layers with weights, each with its normalization. */
  least: number;
  /**
   * The phases of a run: how many of the last blocks train from which epoch on. Those that train begin anew,
   * but in the first phase; the others stay as they are.
   * @param all the blocks of the network
   * @returns in order; `from` is a number of complete epochs, each larger than the one before
   */
  phases: (training: object, all: number) => { from: number; blocks: number }[];
}

/** What two networks of different starts give each other at each step. */
export interface Exchange {
  /**
   * How many samples of a batch each takes, 1 or more.
   * @param epochs those that are complete
   * @param batch the samples of the batch
   */
  kept: (training: object, epochs: number, batch: number) => number;
  /**
   * The gradient of a network's objective by the loss of each sample.
   * @param losses those of the other network, float32, batch
   * @param kept how many samples the network takes: an int32 scalar
   */
  seed: (graph: Graph, losses: Tensor, kept: Tensor) => Tensor;
}
