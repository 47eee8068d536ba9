/** Writes a figure to a file. */
import type { FigureView } from '../contract/messages/figures.ts';
import { writeWhole } from '../disk/write.ts';
import { figureDocument } from '../report/figure-document.ts';
import { DOCUMENTS, writeDocument } from '../report/index.ts';
import type { Look } from './formats/format.ts';
import { FIGURE_FORMATS } from './formats/index.ts';

/** How it is written. */
export interface FigureFile extends Look {
  format: string;
}

/** Formats that tell a figure in words too, of those that are not its own anyway. */
const TOLD = DOCUMENTS.all.filter(({ id }) => !FIGURE_FORMATS.ids.includes(id));

/** All formats that a figure can be saved in: its own, and those of reports. */
export const FIGURE_FILES: readonly { id: string; extension: string }[] = [
  ...FIGURE_FORMATS.all,
  ...TOLD,
];

/** Writes a figure. @throws InputError where there is no such format, or nothing here can print */
export async function exportFigure(
  view: FigureView,
  path: string,
  { format, ...look }: FigureFile,
): Promise<void> {
  const told = TOLD.find(({ id }) => id === format);
  if (told) await writeDocument(figureDocument(view, look.language), path, told);
  else writeWhole(path, await FIGURE_FORMATS.of(format).bytes(view, look));
}
