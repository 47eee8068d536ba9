import * as ops from '../ops/index.ts';
import { oneHot } from './loss.ts';
import type { LossKind } from './loss.ts';

/** -log of the chance of the label; with smoothing, of all classes by their share of the target. */
export const crossEntropy: LossKind = {
  id: 'cross-entropy',
  reads: ['labelSmoothing'],
  givesChances: true,
  losses: (graph, { classes }, output, labels, { smoothing }) => {
    if (smoothing === 0) return ops.softmaxCrossEntropy(graph, output, labels);
    const low = smoothing / classes;
    const target = oneHot(graph, labels, classes, 1 - smoothing + low, low);
    return ops.denseCrossEntropy(graph, output, target);
  },
};
