import { toPng } from '../png.ts';
import type { FigureFormat } from './format.ts';
import { svg } from './svg.ts';

/** A picture. */
export const png: FigureFormat = {
  id: 'png',
  extension: 'png',
  bytes: async (view, look) => toPng((await svg.bytes(view, look)) as string),
};
