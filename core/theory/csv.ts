/** What a theory run found, as CSV. */
import { csvOf } from '../csv/write.ts';
import type { ProofState } from './proof.ts';
import type { TheoryPoint } from './run.ts';

/** One line a recorded iteration; parts of the residual are norms over those at the start. */
export function theoryCsv(points: readonly TheoryPoint[]): string {
  const columns = [
    'iteration',
    'trueShare',
    'givenShare',
    'loss',
    'distance',
    'relativeDistance',
    'largePart',
    'largePartLinearized',
    'smallPart',
    'smallPartLinearized',
  ];
  const rows = points.map(({ decay: { large, small }, ...point }) => [
    point.iteration,
    point.trueShare,
    point.givenShare,
    point.loss,
    point.distance,
    point.relativeDistance,
    large.measured,
    large.linearized,
    small.measured,
    small.linearized,
  ]);
  return csvOf(columns, rows);
}

/** One line a singular value, largest first; a column a picture, named by its iteration. */
export function singularValuesCsv(pictures: readonly ProofState[]): string {
  const rows = pictures[0]!.singular.map((_, i) => [
    i + 1,
    ...pictures.map(({ singular }) => singular[i]!),
  ]);
  const columns = ['number', ...pictures.map(({ iteration }) => `iteration${iteration}`)];
  return csvOf(columns, rows);
}
