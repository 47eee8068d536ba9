/** The networks, by the name a Config gives. A new one is one file and one line here. */
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

/** Of a network: its weights, their start and what an optimizer keeps have to fit into memory. */
const MOST_PARAMETERS = 100_000_000;

/**
 * The layers of a Config's network on samples of a shape.
 * @throws InputError where widths, depth or samples do not fit it, or it is too large
 */
export function networkLayers(
  config: NetworkConfig,
  classes: number,
  shape: SampleShape,
): PlacedLayer[] {
  const placed = placeLayers(layersOf(NETWORKS[config.preset], config, classes), shape);
  const parameters = placed.reduce((sum, layer) => sum + layer.parameters, 0);
  if (parameters > MOST_PARAMETERS) {
    const [has, most] = [parameters, MOST_PARAMETERS].map((count) => count.toLocaleString('en'));
    throw new InputError('network.tooLarge', { has, most });
  }
  return placed;
}
