import { inEnglish } from '../../contract/words/texts.ts';
import { figureCsv as csvOf } from '../csv.ts';
import type { FigureFormat } from './format.ts';

/** The numbers, exact; their names are English. */
export const figureCsvFormat: FigureFormat = {
  id: 'csv',
  extension: 'csv',
  bytes: (view) => csvOf(view, inEnglish),
};
