/** Rows of JSON Lines, each by itself: parts and measures named in values, and MMEngine's rows of validation. */
import { flattened } from './json-shapes.ts';
import type { Row } from './json-shapes.ts';
import { isCalled, measureOf } from './names.ts';
import { inPart, shaped, rowShapeOf } from './shape.ts';
import type { RowShape } from './shape.ts';

/** Brings row after row to names and values. */
export class RowShapes {
  /** Who wrote the rows, where they tell. */
  writer: string | null = null;
  private readonly shapes = new Map<string, RowShape>();
  private isMmengine = false;

  /** A row's names and values, each name with the part that it is of. */
  entriesOf(row: Row): [string, unknown][] {
    const keys = Object.keys(row);
    const id = keys.join('\n');
    let shape = this.shapes.get(id);
    if (!shape) this.shapes.set(id, (shape = rowShapeOf(keys)));
    this.tellWriter(row);
    const entries = Object.entries(flattened(row));
    if (!this.isMmengine) return shaped(shape, entries);
    return 'epoch' in row ? trained(entries) : validated(entries);
  }

  private tellWriter(row: Row): void {
    if (this.writer !== null || !('epoch' in row) || !('iter' in row)) return;
    this.isMmengine = 'step' in row;
    const isMmcv = row['mode'] === 'train' || row['mode'] === 'val';
    this.writer = this.isMmengine ? 'MMEngine (JSON Lines)' : isMmcv ? 'MMCV (JSON Lines)' : null;
  }
}

/** MMEngine's rows of validation tell their epoch as the step, and not that they are of validation. */
const validated = (entries: readonly [string, unknown][]): [string, unknown][] =>
  entries.map(([name, value]) =>
    name === 'step' ? ['epoch', value] : [inPart('val', name), value],
  );

/** Its other rows are of training, so that `acc_pose` there is no measure of the hold-out. */
const trained = (entries: readonly [string, unknown][]): [string, unknown][] =>
  entries.map(([name, value]) => {
    const isMeasure = isCalled(name, 'accuracy') || measureOf(name) !== null;
    return [isMeasure ? inPart('train', name) : name, value];
  });
