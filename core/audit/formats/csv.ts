import { csvOf } from '../../csv/write.ts';
import { writeWhole } from '../../disk/write.ts';
import type { LabelFormat } from '../label-format.ts';
import { tableColumns } from '../label-table.ts';

/** Significant digits of a chance in text: more than are known. */
const DIGITS = 6;

/** The table of the audit, as spreadsheets and `run --corrections` read it. */
export const labelsCsv: LabelFormat = {
  id: 'csv',
  extension: 'csv',
  write(path, labels) {
    const columns = tableColumns(labels);
    const rows = labels.audit.rows.map((row) =>
      columns.map(({ of, type }) => {
        const value = of(row);
        if (typeof value === 'boolean') return String(value);
        return type === 'DOUBLE' ? Number((value as number).toPrecision(DIGITS)) : value;
      }),
    );
    writeWhole(
      path,
      csvOf(
        columns.map(({ name }) => name),
        rows,
      ),
    );
  },
};
