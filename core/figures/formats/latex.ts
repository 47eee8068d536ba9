import { figureDocument } from '../../report/figure-document.ts';
import { documentLatex } from '../../report/latex/document.ts';
import type { FigureFormat } from './format.ts';

/** For an article: plots made of the numbers, which can be restyled there. */
export const figureLatex: FigureFormat = {
  id: 'latex',
  extension: 'tex',
  bytes: (view, { language }) => documentLatex(figureDocument(view, language)),
};
