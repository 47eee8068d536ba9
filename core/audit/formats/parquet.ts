import { parquetWriteBuffer } from 'hyparquet-writer';
import { writeWhole } from '../../disk/write.ts';
import type { LabelFormat } from '../label-format.ts';
import { tableColumns } from '../label-table.ts';

/** The table of the audit with types, for pandas and the like. */
export const labelsParquet: LabelFormat = {
  id: 'parquet',
  extension: 'parquet',
  write(path, labels) {
    const columnData = tableColumns(labels).map(({ name, type, of }) => ({
      ...{ name, type },
      data: labels.audit.rows.map(of),
    }));
    writeWhole(path, new Uint8Array(parquetWriteBuffer({ columnData })));
  },
};
