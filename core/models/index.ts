/** The networks. A new one is one file and its line here. */
import { listed } from '../contract/catalogue/listed.ts';
import type { NetworkConfig } from '../contract/config/schema.ts';
import { InputError } from '../contract/words/errors.ts';
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

/** Every network, in the order in which they are offered. */
export const NETWORKS = listed<Network>('network.preset', [
  softmax,
  mlp,
  lenet,
  paperCnn,
  cifarCnn,
  resnet,
  theory,
]);

/** Of a network: its weights, their start and what an optimizer keeps have to fit into memory. */
const MOST_PARAMETERS = 100_000_000;

/**
 * The layers of a Config's network on samples of a shape.
 * @throws InputError where there is no such network, widths, depth or samples do not fit it, or it is too large
 */
export function networkLayers(
  config: NetworkConfig,
  classes: number,
  shape: SampleShape,
): PlacedLayer[] {
  const placed = placeLayers(layersOf(NETWORKS.of(config.preset), config, classes), shape);
  const parameters = placed.reduce((sum, layer) => sum + layer.parameters, 0);
  if (parameters > MOST_PARAMETERS) {
    const [has, most] = [parameters, MOST_PARAMETERS].map((count) => count.toLocaleString('en'));
    throw new InputError('network.tooLarge', { has, most });
  }
  return placed;
}
