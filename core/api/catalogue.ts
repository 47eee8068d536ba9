/** The catalogue of all rooms: what window, help and reference pages tell that there is to choose from. */
import type { Catalogue } from '../contract/messages/catalogue.ts';
import { LABEL_FORMATS } from '../audit/formats/index.ts';
import { READERS } from '../data/readers/index.ts';
import { EXPORTS } from '../export/index.ts';
import { FIGURE_FILES } from '../figures/export.ts';
import { FIGURES } from '../figures/index.ts';
import { CONFIG_KINDS } from '../kinds/kinds.ts';
import { LOG_FORMATS } from '../logs/formats/index.ts';
import { REPORTS } from '../report/index.ts';
import { RULES } from '../stopping/rules/index.ts';

const idOf = ({ id }: { id: string }) => ({ id });
const fileOf = ({ id, extension }: { id: string; extension: string }) => ({ id, extension });

/** Everything there is. */
export const CATALOGUE: Catalogue = {
  ...CONFIG_KINDS,
  rules: RULES.all.map(idOf),
  reports: REPORTS.all.map(fileOf),
  exports: EXPORTS.all.map(idOf),
  labelFormats: LABEL_FORMATS.all.map(({ id, extension }) => ({ id, extension })),
  figures: FIGURES.map(({ info }) => info),
  figureFormats: FIGURE_FILES.map(fileOf),
  readers: READERS.all.map(({ id, format, uses }) => ({ id, format, uses: [...uses] })),
  logs: LOG_FORMATS.all.map(idOf),
};
