import { InputError } from '../../contract/words/errors.ts';
import * as ops from '../ops/index.ts';
import { rowsOfLabels } from './loss.ts';
import type { LossKind, LossSpec } from './loss.ts';

/** T: how likely each true class is given as each other one. */
const TRANSITION = { kind: 'matrix' as const, id: 'transition', initial: [] };
/** What a chance is at least before its logarithm is taken. */
const LEAST = 1e-12;

/**
 * -log of the chance that the label was given: (T' p)_y, of the network's chances p of the true class
 * (Patrini et al. 2017, theorem 2). T is `training.transition`, or that of `knownKind` and `knownRate`.
 * @throws InputError where neither is told
 */
export const forwardCorrection: LossKind = {
  id: 'forward',
  reads: [TRANSITION, 'knownKind', 'knownRate'],
  givesChances: true,
  check: (spec) => void transitionOf(spec),
  losses: (graph, spec, output, labels) => {
    const transition = transitionOf(spec);
    // For each label, how likely each true class would have been given it.
    const columns = transition.map((_, given) => transition.map((row) => row[given]!));
    const towards = rowsOfLabels(graph, columns, labels);
    const chance = ops.sumLast(graph, ops.mul(graph, ops.softmaxOf(graph, output), towards));
    const bounded = ops.add(graph, chance, graph.scalar(LEAST));
    return ops.sub(graph, graph.scalar(0), ops.logOf(graph, bounded));
  },
};

/** T, with rows that add up to 1. */
export function transitionOf({ training, classes }: LossSpec): number[][] {
  const given = (training as Record<string, unknown>)[TRANSITION.id];
  const matrix = (Array.isArray(given) ? given : []) as number[][];
  if (matrix.length > 0) {
    if (matrix.length !== classes || matrix.some((row) => row.length !== classes)) {
      throw new InputError('training.transitionSize', { classes, field: FIELD });
    }
    if (
      matrix.some((row) => !row.every((share) => share >= 0) || !row.some((share) => share > 0))
    ) {
      throw new InputError('training.transitionShares', { field: FIELD });
    }
    return matrix.map((row) => {
      const sum = row.reduce((a, b) => a + b, 0);
      return row.map((share) => share / sum);
    });
  }
  const { knownKind: kind = 'unknown', knownRate: rate = 0 } = training;
  if (kind === 'unknown') throw new InputError('training.noTransition', { field: FIELD });
  return Array.from({ length: classes }, (_, truth) =>
    Array.from({ length: classes }, (_, other) => {
      if (other === truth) return 1 - rate;
      if (kind === 'symmetric') return rate / (classes - 1);
      return other === (truth + 1) % classes ? rate : 0;
    }),
  );
}

const FIELD = { path: `training.${TRANSITION.id}` };
