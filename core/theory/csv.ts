/** What a theory run found, as CSV. */
import { stringify } from 'csv-stringify/sync';
import type { Picture } from './proof.ts';
import type { TheoryPoint } from './run.ts';

/** One line a recorded iteration; parts of the residual are norms over those at the start. */
export function theoryCsv(points: readonly TheoryPoint[]): string {
  return stringify(
    points.map(({ decay: { large, small }, ...point }) => ({
      iteration: point.iteration,
      trueShare: point.trueShare,
      givenShare: point.givenShare,
      loss: point.loss,
      distance: point.distance,
      relativeDistance: point.relativeDistance,
      largePart: large.measured,
      largePartLinearized: large.linearized,
      smallPart: small.measured,
      smallPartLinearized: small.linearized,
    })),
    { header: true },
  );
}

/** One line a singular value, largest first; a column a picture, named by its iteration. */
export function singularValuesCsv(pictures: readonly Picture[]): string {
  const rows = pictures[0]!.singular.map((_, i) => [
    i + 1,
    ...pictures.map(({ singular }) => singular[i]!),
  ]);
  return stringify([
    ['number', ...pictures.map(({ iteration }) => `iteration${iteration}`)],
    ...rows,
  ]);
}
