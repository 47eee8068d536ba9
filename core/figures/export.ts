/** Writes a figure to a file. */
import { figureCsv } from './csv.ts';
import { figureSvg } from '../contract/drawing/figure.ts';
import { textsIn } from '../contract/words/texts.ts';
import type { FigureView } from '../contract/messages/figures.ts';
import type { Params } from '../contract/messages/messages.ts';
import { writeJson, writeWhole } from '../disk/write.ts';
import { versions } from '../engine/versions.ts';
import { toPng } from './png.ts';

/** How it is written. */
export type FigureFile = Pick<Params<'paper.export'>, 'format' | 'language' | 'dark'>;

/** Writes a figure. Numbers in CSV and JSON are exact, and their names English. */
export async function exportFigure(
  view: FigureView,
  path: string,
  { format, language, dark }: FigureFile,
): Promise<void> {
  if (format === 'json') writeJson(path, { ...view, versions: versions() });
  else if (format === 'csv') writeWhole(path, figureCsv(view, textsIn('en')));
  else {
    const svg = figureSvg(view, textsIn(language), { dark });
    writeWhole(path, format === 'svg' ? svg : await toPng(svg));
  }
}
