/** The phases of a run: from which epoch on which layers train. */
import type { PlacedLayer } from '../models/network.ts';
import { schemeOf } from './schemes/index.ts';
import type { GraphSpec, NetworkVariables } from './variables.ts';
import type { Weight } from './weights.ts';

/** A phase of a run; those after the first begin by setting what trains in them to its start. */
export interface Phase {
  /** Epochs that are complete when it begins. */
  from: number;
  /** Whether a weight or moving average changes in it. */
  trains: (weight: Weight) => boolean;
}

/** The phases of a run, in order; one of all layers where its scheme has none. */
export function phasesOf({ layers, training }: Pick<GraphSpec, 'layers' | 'training'>): Phase[] {
  const { parts } = schemeOf(training);
  if (!parts) return [{ from: 0, trains: () => true }];
  const blocks = layerBlocks(layers);
  return parts.phases(training, blocks.length).map(({ from, blocks: trained }) => {
    const names = new Set(blocks.slice(blocks.length - trained).flat());
    return { from, trains: ({ name }) => names.has(name.slice(0, name.lastIndexOf('/'))) };
  });
}

/**
 * The layers with weights, by name, from first to last: a normalization belongs to the layer before it, and
 * what is inside a residual layer to that.
 */
export function layerBlocks(layers: readonly PlacedLayer[]): string[][] {
  const found: string[][] = [];
  for (const placed of layers) {
    const names = namesIn(placed);
    if (names.length === 0) continue;
    if (placed.layer.kind === 'batchNorm') found.at(-1)?.push(...names);
    else found.push(names);
  }
  return found;
}

const namesIn = ({ layer, body }: PlacedLayer): string[] => [
  ...('name' in layer ? [layer.name] : []),
  ...body.flatMap(namesIn),
];

/** What of a network changes in a phase. */
export const changingIn = (own: NetworkVariables, { trains }: Phase) => ({
  /** Places of weights in their order. */
  weights: own.weights.flatMap((weight, i) => (trains(weight) ? [i] : [])),
  moving: own.moving.filter(trains),
});
