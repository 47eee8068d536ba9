/** What TensorBoard's page saves: a file for each tag, CSV or JSON, with the tag in the file's name. */
import { basename } from 'node:path';
import { inRow } from '../../contract/words/place.ts';
import { InputError } from '../../contract/words/errors.ts';
import type { LogFormat } from '../format.ts';
import { fit, isForbidden, measureOf, partOf } from '../names.ts';
import { inPart } from '../shape.ts';
import { linesOf, textHead, wholeText } from '../source.ts';
import type { LogFile } from '../source.ts';
import { SIGNALS } from '../log.ts';
import { Store } from '../store.ts';

const STEP = 'Step';
const VALUE = 'Value';
const HEADER = /^\ufeff?"?Wall time"?,"?Step"?,"?Value"?\r?\n/i;
const JSON_ROWS = /^\s*\[\s*\[\s*\d{9,}(\.\d+)?,\s*\d+,\s*[-\d"NI]/;

/** Tags that were saved from TensorBoard's page. */
export const oneTagFormat: LogFormat = {
  id: 'oneTag',
  together: true,
  namesIn(file) {
    const text = textHead(file);
    const isOne = text !== null && (HEADER.test(text) || JSON_ROWS.test(text));
    return isOne ? [STEP, tagOf(file)] : null;
  },
  async read(files, { where, wanted, growing }) {
    const store = new Store(wanted);
    store.name(STEP);
    for (const file of files) {
      const name = tagOf(file);
      if (!store.name(name)) continue;
      let number = 0;
      for await (const [step, value] of pointsIn(file, growing)) {
        number++;
        store.row();
        store.put(STEP, Number(step));
        store.putValue(name, value, () => inRow(file.path, number));
      }
    }
    return store.table({ format: 'TensorBoard export', zeroIsBefore: false, where });
  },
};

async function* pointsIn(file: LogFile, growing: boolean): AsyncGenerator<[unknown, unknown]> {
  if (!HEADER.test(textHead(file) ?? '')) {
    for (const row of rowsIn(await wholeText(file), file.path)) yield [row[1], row[2]];
    return;
  }
  let isFirst = true;
  for await (const line of linesOf(file, growing)) {
    const [, step, value] = line.trim().split(',');
    if (!isFirst && value !== undefined) yield [step, value];
    isFirst = false;
  }
}

function rowsIn(text: string, where: string): unknown[][] {
  try {
    return (JSON.parse(text) as unknown[]).filter((row): row is unknown[] => Array.isArray(row));
  } catch {
    throw new InputError('log.badJson', { where });
  }
}

/** `val/acc` of `run-validation-tag-acc.csv`; `Value` where the file's name tells nothing. */
function tagOf({ path }: LogFile): string {
  const name = basename(path).replace(/(\.(csv|json|txt|gz))+$/i, '');
  const [, run = '', tag = name] = /^run-(.*)-tag-(.+)$/.exec(name) ?? [];
  const isKnown =
    tag !== name ||
    isForbidden(tag) ||
    measureOf(tag) !== null ||
    SIGNALS.some((signal) => fit(tag, signal) !== null);
  if (!isKnown) return VALUE;
  // The run `logs_fit_2024_validation` says its part at its end.
  const last = run.split(/[_/\\]/).at(-1) ?? '';
  return partOf(last) === null ? tag : inPart(last, tag);
}
