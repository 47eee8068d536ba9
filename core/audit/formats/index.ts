/** Formats of audited labels. A new one is one file and its line here. */
import { listed } from '../../contract/catalogue/listed.ts';
import type { LabelFormat } from '../label-format.ts';
import { labelsCsv } from './csv.ts';
import { auditPage } from './html.ts';
import { labelsJson } from './json.ts';
import { labelsNpy } from './npy.ts';
import { labelsParquet } from './parquet.ts';
import { labelsReview } from './review.ts';
import { labelsSoft } from './soft.ts';
import { labelsSorted } from './sorted.ts';

/** Every format, in the order in which they are offered; the first of an ending is the one that it names. */
export const LABEL_FORMATS = listed<LabelFormat>('--format', [
  labelsCsv,
  labelsJson,
  labelsParquet,
  labelsNpy,
  auditPage,
  labelsSoft,
  labelsReview,
  labelsSorted,
]);
