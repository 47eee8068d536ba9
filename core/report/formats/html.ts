import { checkWhole } from '../../run-folder/check.ts';
import { readRunConfig } from '../../run-folder/stored.ts';
import { runView } from '../../run-folder/views.ts';
import type { ReportFormat } from '../format.ts';
import { reportHtml } from '../html.ts';

/** One page with everything in it. */
export const html: ReportFormat = {
  id: 'html',
  extension: 'html',
  text: (run, language) => reportHtml(runView(run, checkWhole(run)), readRunConfig(run), language),
};
