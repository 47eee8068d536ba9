/** What is drawn of a run's epochs: from `views.bin`, or from the dynamics where it has it not. */
import { writeIfAble } from '../disk/spare.ts';
import type { EpochRecord } from '../contract/messages/records.ts';
import { found } from './check.ts';
import type { CheckedRun } from './check.ts';
import { dynamicsView } from './epoch-views.ts';
import type { ViewLabels } from './epoch-views.ts';
import { paths } from './files.ts';
import { isLocked } from './lock.ts';
import { readDynamics } from './read.ts';
import { sumsAt } from './sums.ts';
import { ViewsFile } from './views-file.ts';

/** Views of some epochs in a row. */
export interface KeptViews {
  /** Whose views are there: up to the first whose dynamics would be needed, and are missing or damaged. */
  rows: EpochRecord[];
  views: ViewsFile;
}

/**
 * Views of some epochs, all where none are named. What had to be made from dynamics is kept for the
 * next time, where the run has checksums to tie it to and its folder can be written.
 * @param from the first epoch
 * @param count how many at most
 */
export function keptViews(
  run: string,
  { rows, sums }: Pick<CheckedRun, 'rows' | 'sums'>,
  labels: ViewLabels,
  from = rows[0]?.epoch ?? 0,
  count = rows.length,
): KeptViews {
  const begin = from - (rows[0]?.epoch ?? 0);
  const asked = rows.slice(Math.max(0, begin), Math.max(0, begin + count));
  const wall = labels.wall.length;
  const views = sums
    ? ViewsFile.read(run, from, asked.length, wall)
    : ViewsFile.empty(from, asked.length, wall);
  let [whole, isNew] = [0, false];
  for (const { epoch } of asked) {
    const link = sumsAt(sums, epoch)?.link ?? '';
    if (!views.has(epoch, link)) {
      const dynamics = found(() => readDynamics(run, epoch, sums));
      if (!dynamics) break;
      views.put(epoch, link, dynamicsView(epoch, dynamics, labels));
      isNew = true;
    }
    whole++;
  }
  // The process that trains a run writes them itself.
  if (isNew && sums && !isLocked(run)) writeIfAble(paths.views(run), () => views.write(run));
  return { rows: asked.slice(0, whole), views };
}
