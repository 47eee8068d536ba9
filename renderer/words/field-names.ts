/** Where the window's names of a Config's fields are: the core knows only those of files. */
import type { TextKey } from '../../core/contract/words/texts.ts';

/** Names of the data card's own, which asks for some fields in words of its own. */
const DATA_NAMES: Readonly<Record<string, TextKey>> = {
  'data.source': 'lab.data.set',
  'data.train': 'lab.data.training',
  'data.holdoutShare': 'lab.data.holdout',
  'data.test': 'lab.data.test',
  'data.labelsAreTrue': 'lab.data.labelsAreTrue',
  'data.corrections': 'lab.data.corrections',
  'data.seed': 'lab.data.seed',
  'data.reading.labels': 'lab.reading.labelEither',
  'data.reading.truth': 'lab.reading.trueEither',
  'data.reading.labelsFile': 'lab.reading.labelsFile',
  'data.reading.labelsField': 'lab.reading.labelsField',
  'data.reading.files': 'lab.reading.files',
  'data.reading.imageSize': 'lab.reading.side',
  'data.reading.colour': 'lab.reading.colour',
  'data.reading.missing': 'lab.reading.missing',
  'data.clusters.clusters': 'lab.data.clusterCount',
  'data.clusters.classes': 'lab.data.classes',
  'data.clusters.dimension': 'lab.data.dimension',
  'data.clusters.samples': 'lab.data.samples',
  'data.clusters.eps0': 'lab.data.radius',
  'data.clusters.spread': 'lab.data.spread',
  'data.clusters.alpha': 'lab.data.alpha',
};

/** The parts of a Config whose forms are made from their fields: there a field's name is the text `lab.<path>`. */
const MADE = /^(noise|network|training)\.\w+$/;

/** The text with the name of a field; null where the window has none. @param path such as `training.batch` */
export const nameKey = (path: string): string | null =>
  DATA_NAMES[path] ?? (MADE.test(path) ? `lab.${path}` : null);
