import type { ReportFormat } from '../format.ts';
import { documentLatex } from '../latex/document.ts';
import { storedDocument } from '../stored.ts';

/** A document of its own, whose tables and plots can be taken over into an article. */
export const latex: ReportFormat = {
  id: 'latex',
  extension: 'tex',
  files: (runs, language, name) => [{ name, text: documentLatex(storedDocument(runs, language)) }],
};
