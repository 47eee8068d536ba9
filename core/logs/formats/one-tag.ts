/** A file for each tag, its name that of the file: what TensorBoard's page saves as CSV or JSON, and Neptune's. */
import { basename } from 'node:path';
import { inRow } from '../../contract/words/place.ts';
import { InputError } from '../../contract/words/errors.ts';
import type { LogFormat } from '../format.ts';
import { fit, isForbidden, measureOf, partOf } from '../names.ts';
import { inPart } from '../shape.ts';
import { logLines, textHead, wholeText } from '../source.ts';
import type { LogFile } from '../source.ts';
import { SIGNALS } from '../log.ts';
import { Store } from '../store.ts';

const STEP = 'Step';
const VALUE = 'Value';
const NAMES = ['step', 'value'];
const TIMES = ['wall time', 'timestamp', 'time'];
const JSON_ROWS = /^\s*\[\s*\[\s*\d{9,}(\.\d+)?,\s*\d+,\s*[-\d"NI]/;

/** Tags that were saved from TensorBoard's page. */
export const oneTagFormat: LogFormat = {
  id: 'oneTag',
  together: true,
  namesIn(file) {
    const text = textHead(file);
    const isOne = text !== null && (columnsIn(text) !== null || JSON_ROWS.test(text));
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
    return store.table({ format: formatOf(files), zeroIsBefore: false, where });
  },
};

/** TensorBoard writes the time of the wall first; others do not. */
function formatOf(files: readonly LogFile[]): string {
  const isBoard = files.every((file) => /^\ufeff?(\s*\[|"?wall time)/i.test(textHead(file) ?? ''));
  return isBoard ? 'TensorBoard export' : 'CSV of one measure';
}

async function* pointsIn(file: LogFile, growing: boolean): AsyncGenerator<[unknown, unknown]> {
  const columns = columnsIn(textHead(file) ?? '');
  if (!columns) {
    for (const row of rowsIn(await wholeText(file), file.path)) yield [row[1], row[2]];
    return;
  }
  let isFirst = true;
  for await (const line of logLines(file, growing)) {
    const cells = line.trim().split(',');
    const [step, value] = columns.map((at) => cells[at]);
    if (!isFirst && value !== undefined) yield [step, value];
    isFirst = false;
  }
}

/** Where step and value stand, in a table of these and a time alone. */
function columnsIn(text: string): number[] | null {
  const [first = ''] = text.replace(/^\ufeff/, '').split(/\r?\n/, 1);
  const names = first
    .toLowerCase()
    .replaceAll('"', '')
    .split(',')
    .map((name) => name.trim());
  const isOne = names.length < 4 && names.every((name) => [...NAMES, ...TIMES].includes(name));
  const at = NAMES.map((name) => names.indexOf(name));
  return isOne && !at.includes(-1) ? at : null;
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
