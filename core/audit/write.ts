/** Files of an audit: its table as CSV or Parquet, or the corrected labels as an array. */
import { extname, join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { InputError } from '../contract/words/errors.ts';
import { csvOf } from '../csv/write.ts';
import { newLabels } from '../data/labels.ts';
import type { Labels } from '../data/labels.ts';
import { makeFolder, writeWhole } from '../disk/write.ts';
import { toNpy } from '../run-folder/npz.ts';
import type { RunAudit } from './audit-run.ts';
import { AUDIT_COLUMNS } from './table.ts';
import type { AuditRow } from './table.ts';

/** Significant digits of a chance in text: more than are known. */
const DIGITS = 6;

/** @throws InputError where no format ends so */
export function checkTablePath(path: string): void {
  if (!(extname(path).toLowerCase() in WRITERS)) throw new InputError('audit.format', { path });
}

/**
 * Writes an audit in the format that the ending of the path names.
 * @throws InputError where no format ends so, DiskError where it cannot be written
 */
export function writeAudit(path: string, audit: RunAudit): void {
  checkTablePath(path);
  writeWhole(path, WRITERS[extname(path).toLowerCase()]!(audit));
}

const WRITERS: Record<string, (audit: RunAudit) => string | Uint8Array> = {
  '.csv': csvTable,
  '.parquet': parquetTable,
  '.npy': ({ rows, classes }) => toNpy(correctedLabels(rows, classes.length)),
};

/** The labels of the rows, in their order: the suggested class where one is flagged, else the given one. */
export function correctedLabels(rows: readonly AuditRow[], classes: number): Labels {
  const labels = newLabels(rows.length, classes);
  rows.forEach((row, i) => (labels[i] = row.flagged ? row.suggested : row.given));
  return labels;
}

/**
 * Writes the labels of the whole training part of the data set as CSV, flagged ones as suggested, which is
 * read again as given labels; samples that the run did not take keep theirs.
 * @param folder an empty one, or one that is made
 * @returns the path of the file
 * @throws InputError where the data are not at hand, DiskError
 */
export function writeLabels(
  folder: string,
  run: string,
  { rows, classes, prepared }: RunAudit,
): string {
  if (!prepared) throw new InputError('audit.noData', { where: run });
  const { dataset, split } = prepared;
  const labels = dataset.train.labels.slice();
  for (const row of rows.filter(({ part }) => part !== 'test')) {
    const place = split[row.part][row.index]!;
    labels[place] = row.flagged ? row.suggested : row.given;
  }
  const { ids, places } = dataset;
  const path = join(folder, 'labels.csv');
  const cells = Array.from(labels, (label, place) => [
    ids?.[place] ?? places?.at[place] ?? place,
    classes[label]!,
  ]);
  makeFolder(folder);
  writeWhole(path, csvOf([ids ? 'id' : 'index', 'label'], cells));
  return path;
}

function csvTable({ rows, classes }: RunAudit): string {
  const cells = (row: AuditRow) => [
    ...[row.part, row.index, row.id, classes[row.given]!],
    Number(row.probability.toPrecision(DIGITS)),
    classes[row.suggested]!,
    Number(row.suggestedProbability.toPrecision(DIGITS)),
    String(row.flagged),
  ];
  return csvOf(AUDIT_COLUMNS, rows.map(cells));
}

function parquetTable({ rows, classes }: RunAudit): Uint8Array {
  const column = (
    name: (typeof AUDIT_COLUMNS)[number],
    type: 'STRING' | 'INT32' | 'DOUBLE' | 'BOOLEAN',
  ) => ({
    name,
    type,
    data: rows.map((row) => {
      const value = row[name];
      return name === 'given' || name === 'suggested' ? classes[value as number]! : value;
    }),
  });
  const types = {
    index: 'INT32',
    probability: 'DOUBLE',
    suggestedProbability: 'DOUBLE',
    flagged: 'BOOLEAN',
  } as const;
  const columnData = AUDIT_COLUMNS.map((name) =>
    column(name, name in types ? types[name as keyof typeof types] : 'STRING'),
  );
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
