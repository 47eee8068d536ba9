/** MLflow's folders of metrics: a file for each, named by it, with lines of time, value and step. */
import { sep } from 'node:path';
import { inRow } from '../../contract/words/place.ts';
import { InputError } from '../../contract/words/errors.ts';
import type { LogFormat } from '../format.ts';
import { isMetricFile, logLines, textHead } from '../source.ts';
import type { LogFile } from '../source.ts';
import { Store } from '../store.ts';

const STEP = 'step';
const LINE = /^\d{10,}\s+(\S+)\s+(\d+)(\s+\S+)?\s*$/;

/** A run of MLflow, or its metrics. */
export const mlflowFormat: LogFormat = {
  id: 'mlflow',
  together: true,
  namesIn(file) {
    const [first = ''] = isMetricFile(file.path) ? (textHead(file) ?? '').split('\n', 1) : [];
    return LINE.test(first) ? [STEP, placeOf(file).name] : null;
  },
  async read(files, { where, wanted, growing }) {
    const runs = [...new Set(files.map((file) => placeOf(file).run))];
    if (runs.length > 1) {
      throw new InputError('log.folderOfRuns', { where, n: runs.length, names: runs.sort() });
    }
    const store = new Store(wanted);
    store.name(STEP);
    for (const file of files) {
      const { name } = placeOf(file);
      if (!store.name(name)) continue;
      let number = 0;
      for await (const line of logLines(file, growing)) {
        number++;
        const [, value, step] = LINE.exec(line) ?? [];
        if (value === undefined) continue;
        store.row();
        store.put(STEP, Number(step));
        store.putText(name, value, () => inRow(file.path, number));
      }
    }
    return store.table({ format: 'MLflow metrics', zeroIsBefore: false, where });
  },
};

/** A metric's name, which may have folders in it, and the run that it is of. */
function placeOf({ path }: LogFile): { name: string; run: string } {
  const parts = path.split(sep);
  const at = parts.lastIndexOf('metrics', parts.length - 2);
  return { name: parts.slice(at + 1).join('/'), run: parts[at - 1] ?? '' };
}
