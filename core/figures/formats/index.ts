/** Formats that a figure is written in. A new one is one file and its line here. */
import { listed } from '../../contract/catalogue/listed.ts';
import { figureCsvFormat } from './csv.ts';
import type { FigureFormat } from './format.ts';
import { json } from './json.ts';
import { figureLatex } from './latex.ts';
import { png } from './png.ts';
import { svg } from './svg.ts';

/** Every format, in the order in which they are offered. */
export const FIGURE_FORMATS = listed<FigureFormat>('format', [
  svg,
  png,
  figureLatex,
  figureCsvFormat,
  json,
]);
