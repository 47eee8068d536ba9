import { writeWhole } from '../../disk/write.ts';
import type { LabelFormat } from '../label-format.ts';
import { tableColumns } from '../label-table.ts';

/** The table of the audit as a list of objects. */
export const labelsJson: LabelFormat = {
  id: 'json',
  extension: 'json',
  write(path, labels) {
    const columns = tableColumns(labels);
    const lines = labels.audit.rows.map((row) =>
      JSON.stringify(Object.fromEntries(columns.map(({ name, of }) => [name, of(row)]))),
    );
    // A line a sample, which a person can look through.
    writeWhole(path, `[\n${lines.join(',\n')}\n]\n`);
  },
};
