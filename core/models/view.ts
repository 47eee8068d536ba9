/** A network's layers, for a drawing of it. */
import type { NetworkView } from '../protocol/records.ts';
import { NETWORKS } from './index.ts';
import { placeLayers } from './network.ts';
import type { PlacedLayer, SampleShape } from './network.ts';

/** Describes a network on samples of a shape. @throws where they are too small for it */
export function networkView(
  preset: keyof typeof NETWORKS,
  classes: number,
  shape: SampleShape,
): NetworkView {
  const { title, layers } = NETWORKS[preset];
  const placed = placeLayers(layers(classes), shape);
  return {
    title,
    parameters: placed.reduce((sum, { parameters }) => sum + parameters, 0),
    layers: [inputView(shape), ...placed.flatMap(layerView)],
  };
}

function inputView([height, width, channels]: SampleShape): NetworkView['layers'][number] {
  const square = height === width ? `${height}²` : `${height}×${width}`;
  const size = channels === 1 ? square : `${square}×${channels}`;
  return { name: 'input', kind: 'input', size, units: height * width * channels, parameters: 0 };
}

/** Flattening moves nothing, so it is not drawn. */
function layerView({ layer, output, parameters }: PlacedLayer): NetworkView['layers'] {
  if (layer.kind === 'flatten') return [];
  const units = output.at(-1)!;
  const name = 'name' in layer ? layer.name : 'pool';
  const size = layer.kind === 'maxPool' ? `${output[0]}²` : String(units);
  return [{ name, kind: layer.kind, size, units, parameters }];
}
