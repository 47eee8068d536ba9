/** What a network is: a list of layers. Nothing here computes; `engine/` turns it into a graph. */

import type { SampleShape } from '../data/dataset.ts';

export type { SampleShape };

/** One layer. Those with weights have a name, which the distance is reported under. */
export type Layer =
  | {
      kind: 'conv';
      name: string;
      filters: number;
      kernel: number;
      padding: 'same' | 'valid';
      activation: 'relu' | 'none';
    }
  | { kind: 'maxPool'; size: number }
  | { kind: 'flatten' }
  | { kind: 'dense'; name: string; units: number; activation: 'relu' | 'none' };

/** A network: its title, and its layers for a number of classes. The last gives the logits. */
export interface Network {
  title: string;
  layers: (classes: number) => Layer[];
}

/** A layer with the shapes it meets. */
export interface PlacedLayer {
  layer: Layer;
  /** Sizes of one sample before and after it. */
  input: readonly number[];
  output: readonly number[];
  /** Trainable numbers: kernel and bias. */
  parameters: number;
}

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

/**
 * Follows the sizes of a sample through a network.
 * @throws where the sample is too small for a layer
 */
export function placeLayers(layers: readonly Layer[], shape: SampleShape): PlacedLayer[] {
  let input: readonly number[] = shape;
  return layers.map((layer) => {
    const output = outputOf(layer, input);
    if (output.some((size) => size < 1)) {
      throw new Error(`Samples of ${shape.join(' x ')} are too small for the layer ${layer.kind}.`);
    }
    const placed = { layer, input, output, parameters: parametersOf(layer, input) };
    input = output;
    return placed;
  });
}

function outputOf(layer: Layer, input: readonly number[]): number[] {
  const [height = 1, width = 1, channels = 1] = input;
  switch (layer.kind) {
    case 'conv': {
      const lost = layer.padding === 'same' ? 0 : layer.kernel - 1;
      return [height - lost, width - lost, layer.filters];
    }
    case 'maxPool':
      return [Math.floor(height / layer.size), Math.floor(width / layer.size), channels];
    case 'flatten':
      return [product(input)];
    case 'dense':
      return [layer.units];
  }
}

function parametersOf(layer: Layer, input: readonly number[]): number {
  if (layer.kind === 'conv') {
    return layer.kernel ** 2 * (input[2] ?? 1) * layer.filters + layer.filters;
  }
  return layer.kind === 'dense' ? product(input) * layer.units + layer.units : 0;
}
