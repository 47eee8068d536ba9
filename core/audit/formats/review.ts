import { csvOf } from '../../csv/write.ts';
import { writeWhole } from '../../disk/write.ts';
import { decisionWord } from '../decided.ts';
import type { LabelFormat } from '../label-format.ts';
import { REVIEW_COLUMNS } from '../review-file.ts';

/** What each reviewer decided, for the lab of another one. */
export const labelsReview: LabelFormat = {
  id: 'review',
  extension: 'csv',
  write(path, { audit: { rows, classes }, decisionsOf }) {
    const cells = rows.flatMap((row) =>
      decisionsOf(row).map(({ reviewer, decision }) => [
        ...[row.part, row.index, row.id, classes[row.given]!, decisionWord(row, decision)],
        decision.choice === 'class' ? classes[decision.class]! : null,
        reviewer,
      ]),
    );
    writeWhole(path, csvOf(REVIEW_COLUMNS, cells));
  },
};
