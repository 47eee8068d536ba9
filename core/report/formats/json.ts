import { basename } from 'node:path';
import { verdictInWords } from '../../contract/messages/verdict.ts';
import { textsIn } from '../../contract/words/texts.ts';
import type { Translate } from '../../contract/words/texts.ts';
import { checkWhole } from '../../run-folder/check.ts';
import { rowOf } from '../../run-folder/list.ts';
import { verdictOf } from '../../run-folder/verdict.ts';
import type { ReportFormat } from '../format.ts';

/** All numbers, exact, for programs: the same names as `show --json` has; several runs are a list. */
export const reportJson: ReportFormat = {
  id: 'json',
  extension: 'json',
  files: (runs, language, name) => {
    const told = runs.map((run) => numbersOf(run, textsIn(language)));
    const whole = told.length === 1 ? told[0] : { runs: told };
    return [{ name, text: `${JSON.stringify(whole, null, 2)}\n` }];
  },
};

function numbersOf(run: string, t: Translate): object {
  const checked = checkWhole(run);
  const verdict = verdictOf(run, checked);
  return {
    run: basename(run),
    row: rowOf(run, checked),
    verdict: verdict && verdictInWords(verdict, t),
    versions: checked.stored.versions,
    epochs: checked.rows,
  };
}
