import { writeWhole } from '../../disk/write.ts';
import type { LabelFormat } from '../label-format.ts';
import { auditHtml } from '../html.ts';

/** One page for people: how many labels are wrong, which, and what was decided about them. */
export const auditPage: LabelFormat = {
  id: 'html',
  extension: 'html',
  write: (path, labels, language) => writeWhole(path, auditHtml(labels, language)),
};
