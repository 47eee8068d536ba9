/** The `results.txt` of YOLOv5 (to version 5) and YOLOv7: a row an epoch, and no line of names. */
import type { LogFormat } from '../format.ts';
import { LogRows } from '../rows.ts';
import { logLines, textHead } from '../source.ts';

/** `0/99 1.86G`: the epoch, and the memory that it took. */
const ROW = /^\s*\d+\/\d+\s+[\d.]+G\s/;
/** What the columns are, as the program's own plots have it. */
const NAMES = (
  'epoch memory train/box_loss train/obj_loss train/cls_loss train/total_loss labels image_size ' +
  'metrics/precision metrics/recall metrics/mAP_0.5 metrics/mAP_0.5:0.95 ' +
  'val/box_loss val/obj_loss val/cls_loss'
).split(' ');

/** Rows whose columns are known by their place. */
export const yolov5Format: LogFormat = {
  id: 'yolov5',
  isHeaded: true,
  namesIn(file) {
    const [first = ''] = textHead(file)?.trimStart().split('\n', 1) ?? [];
    return ROW.test(first) && cellsOf(first).length === NAMES.length ? NAMES : null;
  },
  async read([file], { wanted, growing }) {
    const rows = new LogRows(file.path, wanted, { container: () => 'YOLOv5 results.txt' });
    rows.take(NAMES, ' ');
    for await (const line of logLines(file, growing)) {
      if (ROW.test(line)) rows.take(cellsOf(line), ' ');
    }
    return rows.table();
  },
};

const cellsOf = (line: string): string[] => line.trim().split(/\s+/);
