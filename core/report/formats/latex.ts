import type { DocumentFormat } from '../format.ts';
import { documentLatex } from '../latex/document.ts';

/** A document of its own, whose tables and plots can be taken over into an article. */
export const latex: DocumentFormat = {
  id: 'latex',
  extension: 'tex',
  write: (document, name) => [{ name, text: documentLatex(document) }],
};
