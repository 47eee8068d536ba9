import type { DocumentFormat } from '../format.ts';
import { html } from './html.ts';

/** The page as it is printed. */
export const pdf: DocumentFormat = { ...html, id: 'pdf', extension: 'pdf', printed: true };
