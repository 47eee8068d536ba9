/** What a network is: a list of layers. Nothing here computes; `engine/` turns it into a graph. */
import type { Reads } from '../contract/catalogue/kinds.ts';
import type { NetworkConfig } from '../contract/config/schema.ts';
import type { SampleShape } from '../data/dataset.ts';
import { InputError } from '../contract/words/errors.ts';

export type { SampleShape };

/** What is done to each number after a layer. */
export type Activation = NetworkConfig['activation'] | 'none';

/** How the weights of a layer begin. */
export type Start = 'glorot' | 'he' | 'gaussian';

/** One layer. Those with weights have a name, which the distance is reported under. */
export type Layer =
  | {
      kind: 'conv';
      name: string;
      filters: number;
      kernel: number;
      stride?: number;
      padding: 'same' | 'valid';
      activation: Activation;
      /** Left out before batch normalization, which has one of its own. */
      bias?: false;
      start?: Start;
    }
  | { kind: 'batchNorm'; name: string; activation: Activation }
  | { kind: 'maxPool'; size: number }
  /** The mean of each channel over the whole picture. */
  | { kind: 'averagePool' }
  | { kind: 'flatten' }
  | {
      kind: 'dense';
      name: string;
      units: number;
      activation: Activation;
      bias?: false;
      start?: Start;
    }
  | { kind: 'dropout'; rate: number }
  /** relu(body(x) + shortcut(x)); the shortcut skips places and adds zero channels as needed. */
  | { kind: 'residual'; body: Layer[] }
  /** A fixed last layer: half the units count +1/sqrt(k), half -1/sqrt(k). One output. */
  | { kind: 'signs' };

/** What a network is built for. */
export interface NetworkOptions {
  classes: number;
  widths: readonly number[];
  depth: number;
  activation: NetworkConfig['activation'];
  dropout: number;
}

/**
 * A network: one file with one of these, and a line in `index.ts`. Its name is the text
 * `networks.titles`. The last layer gives the logits.
 */
export interface Network extends Reads {
  /** Whether it takes rows of a table, and not only pictures. */
  takesRows?: true;
  /** The losses that fit it; all where it does not say. */
  losses?: readonly string[];
  /** Own widths. Where `anyDepth` is set a person may give more or fewer of them. */
  widths: readonly number[];
  anyDepth?: true;
  /** Own depth, for networks that are made deeper by a number. */
  depth?: number;
  layers: (options: NetworkOptions) => Layer[];
}

/** A layer with the shapes it meets. */
export interface PlacedLayer {
  layer: Layer;
  /** Sizes of one sample before and after it. */
  input: readonly number[];
  output: readonly number[];
  /** Trainable numbers in it. */
  parameters: number;
  /** The layers inside a residual one. */
  body: PlacedLayer[];
}

/**
 * The layers that a Config asks for.
 * @throws InputError where widths or depth do not fit the network
 */
export function layersOf(network: Network, config: NetworkConfig, classes: number): Layer[] {
  const widths = config.widths.length > 0 ? config.widths : network.widths;
  if (!network.anyDepth && widths.length !== network.widths.length) {
    throw new InputError('network.widths', {
      n: widths.length,
      preset: config.preset,
      wanted: network.widths.length,
      widths: network.widths,
      field: { path: 'network.widths' },
    });
  }
  if (config.depth > 0 && (network.depth === undefined || config.depth % 6 !== 2)) {
    throw new InputError(network.depth === undefined ? 'network.noDepth' : 'network.depth', {
      depth: config.depth,
      preset: config.preset,
      field: { path: 'network.depth' },
    });
  }
  const { activation, dropout } = config;
  return network.layers({
    classes,
    widths,
    depth: config.depth || (network.depth ?? 0),
    activation,
    dropout,
  });
}

/** A dropout layer, or none where nothing is dropped. */
export function dropout(rate: number): Layer[] {
  return rate > 0 ? [{ kind: 'dropout', rate }] : [];
}

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

/**
 * Follows the sizes of a sample through a network.
 * @throws InputError where the sample is too small for a layer
 */
export function placeLayers(layers: readonly Layer[], shape: readonly number[]): PlacedLayer[] {
  let input = shape;
  return layers.map((layer) => {
    const body = layer.kind === 'residual' ? placeLayers(layer.body, input) : [];
    const output = layer.kind === 'residual' ? body.at(-1)!.output : outputOf(layer, input);
    if (output.some((size) => size < 1)) {
      throw new InputError('network.tooSmall', {
        shape: shape.join(' x '),
        kind: layer.kind,
        field: { path: 'network.preset' },
      });
    }
    const inside = body.reduce((sum, { parameters }) => sum + parameters, 0);
    const placed = { layer, input, output, parameters: inside + parametersOf(layer, input), body };
    input = output;
    return placed;
  });
}

/** The size after a window of `size` has gone over `length` places. */
export function slid(
  length: number,
  size: number,
  stride: number,
  padding: 'same' | 'valid',
): number {
  return Math.ceil((padding === 'same' ? length : length - size + 1) / stride);
}

function outputOf(layer: Exclude<Layer, { kind: 'residual' }>, input: readonly number[]): number[] {
  const [height = 1, width = 1, channels = 1] = input;
  switch (layer.kind) {
    case 'conv': {
      const { kernel, stride = 1, padding, filters } = layer;
      const side = (length: number) => slid(length, kernel, stride, padding);
      return [side(height), side(width), filters];
    }
    case 'maxPool':
      return [Math.floor(height / layer.size), Math.floor(width / layer.size), channels];
    case 'averagePool':
      return [channels];
    case 'flatten':
      return [product(input)];
    case 'dense':
      return [layer.units];
    case 'signs':
      return [1];
    case 'batchNorm':
    case 'dropout':
      return [...input];
  }
}

function parametersOf(layer: Layer, input: readonly number[]): number {
  switch (layer.kind) {
    case 'conv': {
      const bias = layer.bias === false ? 0 : layer.filters;
      return layer.kernel ** 2 * (input[2] ?? 1) * layer.filters + bias;
    }
    case 'dense':
      return product(input) * layer.units + (layer.bias === false ? 0 : layer.units);
    case 'batchNorm':
      return 2 * input.at(-1)!;
    default:
      return 0;
  }
}
