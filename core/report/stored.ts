/** A report from the folders of runs. */
import type { Language } from '../contract/words/texts.ts';
import { checkWhole } from '../run-folder/check.ts';
import { readRunConfig } from '../run-folder/stored.ts';
import { runView } from '../run-folder/views.ts';
import { comparisonDocument } from './comparison.ts';
import type { ReportDocument } from './document.ts';
import type { ReportedRuns } from './format.ts';
import { runDocument } from './run-document.ts';

/** What a run's folder holds, or how several compare. @throws InputError where one cannot be read */
export function storedDocument(runs: ReportedRuns, language: Language): ReportDocument {
  const [run, ...others] = runs;
  const view = (folder: string) => runView(folder, checkWhole(folder));
  if (others.length > 0) return comparisonDocument(runs.map(view), language);
  return runDocument(view(run), readRunConfig(run), language);
}
