import type { ReportFormat } from '../format.ts';
import { html } from './html.ts';

/** The page as it is printed. */
export const pdf: ReportFormat = { ...html, id: 'pdf', extension: 'pdf', printed: true };
