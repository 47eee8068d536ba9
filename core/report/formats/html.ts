import type { DocumentFormat } from '../format.ts';
import { documentHtml } from '../html.ts';

/** One page with everything in it. */
export const html: DocumentFormat = {
  id: 'html',
  extension: 'html',
  write: (document, name) => [{ name, text: documentHtml(document) }],
};
