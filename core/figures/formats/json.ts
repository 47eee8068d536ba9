import { versions } from '../../engine/versions.ts';
import type { FigureFormat } from './format.ts';

/** Everything, exact. */
export const json: FigureFormat = {
  id: 'json',
  extension: 'json',
  bytes: (view) => `${JSON.stringify({ ...view, versions: versions() }, null, 2)}\n`,
};
