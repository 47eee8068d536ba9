/** Fields of a Config by the names that the window has for them: the core knows only those of files. */
import type { TextKey } from '../core/protocol/index.ts';
import { t } from './texts.ts';

/** The text of each field's own label. */
const NAMES: Record<string, TextKey> = {
  'data.source': 'lab.data.set',
  'data.train': 'lab.data.training',
  'data.holdoutShare': 'lab.data.holdout',
  'data.test': 'lab.data.test',
  'data.labelsAreTrue': 'lab.data.labelsAreTrue',
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
  'data.clusters.alpha': 'lab.data.alpha',
  'noise.kind': 'lab.noise.kind',
  'noise.rate': 'lab.noise.rate',
  'noise.seed': 'lab.data.seed',
  'noise.matrix': 'lab.noise.matrixTitle',
  'noise.rates': 'lab.noise.rates',
  'noise.groups': 'lab.noise.groups',
  'noise.becomes': 'lab.noise.becomes',
  'noise.class': 'lab.noise.class',
  'noise.count': 'lab.noise.labels',
  'noise.sparsity': 'lab.noise.sparsity',
  'network.preset': 'lab.network.title',
  'network.widths': 'lab.network.widths',
  'network.depth': 'lab.network.layersField',
  'network.activation': 'lab.network.activation',
  'network.dropout': 'lab.network.dropout',
  'training.optimizer': 'lab.training.optimizer',
  'training.learningRate': 'lab.training.learningRate',
  'training.momentum': 'lab.training.momentum',
  'training.batch': 'lab.training.batch',
  'training.epochs': 'lab.training.epochs',
  'training.seed': 'lab.training.seed',
  'training.threads': 'lab.training.threads',
  'training.loss': 'lab.training.loss',
  'training.labelSmoothing': 'lab.training.labelSmoothing',
  'training.weightDecay': 'lab.training.weightDecay',
  'training.clipNorm': 'lab.training.clipNorm',
  'training.schedule': 'lab.training.schedule',
  'training.warmup': 'lab.training.warmup',
  'training.decayEvery': 'lab.training.decayEvery',
  'training.decayFactor': 'lab.training.decayFactor',
  'training.augment': 'lab.training.augment',
  'training.measure': 'lab.training.measure',
  'training.stopChance': 'lab.training.stopChance',
};

/** Longer paths first, so that none is taken for its beginning. */
const PATHS = Object.keys(NAMES).sort((a, b) => b.length - a.length);
const FIELD = new RegExp(
  `(?:--set )?\\b(${PATHS.map((path) => path.replaceAll('.', '\\.')).join('|')})(?![\\w.]*\\w)`,
  'g',
);

/** A field as the window calls it, in quotes: `“Label column or array”`. */
export function fieldName(path: string): string {
  const key = NAMES[path];
  return key ? `“${t(key)}”` : path;
}

/** A sentence of the core with each field by its own name; in the window nobody types a path. */
export function withFieldNames(sentence: string): string {
  return sentence.replace(FIELD, (_all, path: string) => fieldName(path));
}
