/** Writes a figure to a file. */
import type { FigureView } from '../contract/messages/figures.ts';
import { writeWhole } from '../disk/write.ts';
import type { Look } from './formats/format.ts';
import { FIGURE_FORMATS } from './formats/index.ts';

/** How it is written. */
export interface FigureFile extends Look {
  format: string;
}

/** Writes a figure. @throws InputError where there is no such format */
export async function exportFigure(
  view: FigureView,
  path: string,
  { format, ...look }: FigureFile,
): Promise<void> {
  writeWhole(path, await FIGURE_FORMATS.of(format).bytes(view, look));
}
