import type { ReportFormat } from '../format.ts';
import { documentHtml } from '../html.ts';
import { storedDocument } from '../stored.ts';

/** One page with everything in it. */
export const html: ReportFormat = {
  id: 'html',
  extension: 'html',
  files: (runs, language, name) => [{ name, text: documentHtml(storedDocument(runs, language)) }],
};
