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
