/** The networks, by the name a Config gives. A new one is one file and one line here. */
import type { NetworkConfig } from '../config/schema.ts';
import { lenet } from './lenet.ts';
import { mlp } from './mlp.ts';
import type { Network } from './network.ts';
import { paperCnn } from './paper-cnn.ts';
import { softmax } from './softmax.ts';

export * from './network.ts';

/** Every network, by preset. */
export const NETWORKS: Record<NetworkConfig['preset'], Network> = {
  softmax,
  mlp,
  lenet,
  'paper-cnn': paperCnn,
};
