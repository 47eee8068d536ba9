/** The networks, by the name a Config gives. A new one is one file and one line here. */
import type { NetworkConfig } from '../config/schema.ts';
import { cifarCnn } from './cifar-cnn.ts';
import { lenet } from './lenet.ts';
import { mlp } from './mlp.ts';
import { layersOf, placeLayers } from './network.ts';
import type { Network, PlacedLayer, SampleShape } from './network.ts';
import { paperCnn } from './paper-cnn.ts';
import { resnet } from './resnet.ts';
import { softmax } from './softmax.ts';
import { theory } from './theory.ts';

export * from './network.ts';

/** Every network, by preset. */
export const NETWORKS: Record<NetworkConfig['preset'], Network> = {
  softmax,
  mlp,
  lenet,
  'paper-cnn': paperCnn,
  'cifar-cnn': cifarCnn,
  resnet,
  theory,
};

/**
 * The layers of a Config's network on samples of a shape.
 * @throws InputError where widths, depth or samples do not fit it
 */
export function networkLayers(
  config: NetworkConfig,
  classes: number,
  shape: SampleShape,
): PlacedLayer[] {
  return placeLayers(layersOf(NETWORKS[config.preset], config, classes), shape);
}
