/** A run's report from its folder. */
import type { Language } from '../contract/words/texts.ts';
import { checkWhole } from '../run-folder/check.ts';
import { readRunConfig } from '../run-folder/stored.ts';
import { runView } from '../run-folder/views.ts';
import type { ReportDocument } from './document.ts';
import { runDocument } from './run-document.ts';

/** What a run's folder holds, as a report. @throws InputError where it cannot be read */
export const storedDocument = (run: string, language: Language): ReportDocument =>
  runDocument(runView(run, checkWhole(run)), readRunConfig(run), language);
