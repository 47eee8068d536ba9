import { verdictInWords } from '../../contract/messages/verdict.ts';
import { textsIn } from '../../contract/words/texts.ts';
import { checkWhole } from '../../run-folder/check.ts';
import { rowOf } from '../../run-folder/list.ts';
import { verdictOf } from '../../run-folder/verdict.ts';
import type { ReportFormat } from '../format.ts';

/** All numbers, exact, for programs: the same names as `show --json` has. */
export const reportJson: ReportFormat = {
  id: 'json',
  extension: 'json',
  files: (run, language, name) => {
    const checked = checkWhole(run);
    const verdict = verdictOf(run, checked);
    const told = {
      row: rowOf(run, checked),
      verdict: verdict && verdictInWords(verdict, textsIn(language)),
      versions: checked.stored.versions,
      epochs: checked.rows,
    };
    return [{ name, text: `${JSON.stringify(told, null, 2)}\n` }];
  },
};
