/** A network's layers, for a drawing of it. */
import type { Phrase } from '../contract/words/phrase.ts';
import type { NetworkView } from '../contract/messages/records.ts';
import type { NetworkConfig } from '../contract/config/schema.ts';
import { networkLayers, NETWORKS } from './index.ts';
import type { PlacedLayer, SampleShape } from './network.ts';

/** Describes a network on samples of a shape. @throws InputError where they do not fit it */
export function networkView(
  config: NetworkConfig,
  classes: number,
  shape: SampleShape,
): NetworkView {
  const placed = networkLayers(config, classes, shape);
  return {
    title: titleOf(config),
    parameters: placed.reduce((sum, { parameters }) => sum + parameters, 0),
    layers: [inputView(shape), ...placed.flatMap(layerView)],
  };
}

const titleOf = ({ preset, depth }: NetworkConfig): Phrase => ({
  code: `networks.titles.${preset}`,
  values: { depth: depth || (NETWORKS.of(preset).depth ?? 0) },
});

function inputView([height, width, channels]: SampleShape): NetworkView['layers'][number] {
  const square = height === width ? `${height}²` : `${height}×${width}`;
  const size = channels === 1 ? square : `${square}×${channels}`;
  return { name: 'input', kind: 'input', size, units: height * width * channels, parameters: 0 };
}

/** Layers that only reshape, normalize or drop are not drawn; a block is drawn as one. */
function layerView({ layer, output, parameters, body }: PlacedLayer): NetworkView['layers'] {
  if (['flatten', 'batchNorm', 'dropout'].includes(layer.kind)) return [];
  const units = output.at(-1)!;
  const isPool = layer.kind === 'maxPool' || layer.kind === 'averagePool';
  const size = layer.kind === 'maxPool' ? `${output[0]}²` : String(units);
  return [{ name: nameOf(layer, body, isPool), kind: layer.kind, size, units, parameters }];
}

function nameOf(layer: PlacedLayer['layer'], body: PlacedLayer[], isPool: boolean): string {
  if (isPool) return 'pool';
  if ('name' in layer) return layer.name;
  const first = body[0]?.layer;
  return first && 'name' in first ? first.name.replace(/\.conv1$/, '') : layer.kind;
}
