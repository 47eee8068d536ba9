/** CatBoost's `learn_error.tsv` and `test_error.tsv`: only the files' names say which part they are of. */
import { basename } from 'node:path';
import { inRow } from '../../contract/words/place.ts';
import { InputError } from '../../contract/words/errors.ts';
import type { LogFormat } from '../format.ts';
import { inPart } from '../shape.ts';
import { logLines, textHead } from '../source.ts';
import type { LogFile } from '../source.ts';
import { Store } from '../store.ts';

const FILE = /(learn|test)_error\.tsv(\.gz)?$/;
const ITERATION = 'iter';

/** The tables of one training. What CatBoost calls test is never read, as anywhere. */
export const catboostFormat: LogFormat = {
  id: 'catboost',
  together: true,
  isHeaded: true,
  namesIn(file) {
    const names = FILE.test(file.path) ? namesIn(file) : [];
    return names[0] === ITERATION ? names : null;
  },
  async read(files, { where, wanted, growing }) {
    const trainings = [...new Set(files.map(({ path }) => path.replace(FILE, '')))];
    if (trainings.length > 1) {
      const names = trainings.map((path) => basename(path)).sort();
      throw new InputError('log.folderOfRuns', { where, n: trainings.length, names });
    }
    const store = new Store(wanted);
    for (const file of files) {
      const names = namesIn(file);
      const kept = names.map((name) => store.name(name));
      let number = 0;
      for await (const line of logLines(file, growing)) {
        number++;
        const cells = line.trimEnd().split('\t');
        if (number === 1 || cells.length !== names.length) continue;
        store.row();
        cells.forEach((cell, i) => {
          // Of several evaluation sets, whose columns have one name, the first counts.
          if (!kept[i] || names.indexOf(names[i]!) !== i) return;
          store.putText(names[i]!, cell, () => inRow(file.path, number));
        });
      }
    }
    return store.table({ format: 'CatBoost', zeroIsBefore: false, where });
  },
};

/** `learn/RMSE` and `test/RMSE`. */
function namesIn(file: LogFile): string[] {
  const [first = ''] = (textHead(file) ?? '').split(/\r?\n/, 1);
  const part = FILE.exec(file.path)?.[1] ?? '';
  return first.split('\t').map((cell) => (cell === ITERATION ? cell : inPart(part, cell)));
}
