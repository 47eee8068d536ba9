import { noiseNameIn } from '../../core/contract/config/names.ts';
import type { Config } from '../../core/contract/config/schema.ts';
import type { RunRow } from '../../core/contract/messages/records.ts';
import { textFor } from '../../core/contract/words/phrase.ts';
import { catalogue } from './catalogue.ts';
import { withSeparators, sourceName } from './format.ts';
import { t } from './texts.ts';

/** `40% symmetric noise`, `no noise`, or what there is instead of a rate. */
export function noiseName(noise: Config['noise']): string {
  return noiseNameIn(noise, t, catalogue().noises);
}

/** Longer names are cut in their middle: what is behind a name must be seen as well. */
const MOST_NAME = 14;

function shortened(name: string): string {
  const half = Math.floor((MOST_NAME - 1) / 2);
  return name.length > MOST_NAME ? `${name.slice(0, half)}…${name.slice(-half)}` : name;
}

/** `MNIST · 5,000 + 1,000`: source, training and hold-out samples. */
export function dataName(data: Config['data']): string {
  const holdout = Math.round(data.train * data.holdoutShare);
  const both = Number.isFinite(data.train) ? withSeparators(data.train) : '–';
  const name = shortened(sourceName(data.source));
  return `${name} · ${both}${holdout > 0 ? ` + ${withSeparators(holdout)}` : ''}`;
}

/** How a network is called where its own view is not at hand. */
export function networkName(preset: Config['network']['preset']): string {
  return textFor(t, `networks.short.${preset}`);
}

/** Where a run stands, in a word or two. */
export function statusWord({
  status,
  savedEpochs,
}: Pick<RunRow, 'status' | 'savedEpochs'>): string {
  return t(savedEpochs > 0 ? 'lab.status.byItself' : `lab.status.${status}`);
}
