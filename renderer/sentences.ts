/** The window's words about an experiment: what will happen, what happens, what came of it. */
import type {
  Config,
  EpochView,
  NoiseConfig,
  NoiseView,
  RunRow,
  Verdict,
} from '../core/protocol/index.ts';
import {
  aheadWords,
  rangeWords,
  savedWords,
  verdictHeadline,
  verdictNote,
} from '../core/protocol/index.ts';
import { count, duration, percent, plural, points, shortPercent, sourceName } from './format.ts';
import { networkName } from './names.ts';
import { isNoisy, reads, wrongShare } from './noise.ts';

/** A headline and what stands under it. */
export interface Story {
  headline: string;
  detail: string;
}

/** `1,812 of 5,000 labels will be wrong`; on labels that may be wrong already, `changed`. */
export function wrongSentence(
  { wrong, total }: Pick<NoiseView, 'wrong' | 'total'>,
  { past, labelsAreTrue }: { past: boolean; labelsAreTrue: boolean },
): string {
  if (wrong === 0) return `None of ${count(total)} labels ${past ? 'was' : 'will be'} changed`;
  const tense = past ? 'are' : 'will be';
  return `${count(wrong)} of ${count(total)} labels ${tense} ${labelsAreTrue ? 'wrong' : 'changed'}`;
}

/** The rate that came about beside the one asked for: `36.2 %; asked 40 % over all classes`. */
export function ratesSentence(
  { realizedRate, askedRate }: Pick<NoiseView, 'realizedRate' | 'askedRate'>,
  { kind, rate }: NoiseConfig,
): string {
  const found = percent(realizedRate);
  if (kind === 'uniform') return `${found}; asked ${shortPercent(rate)} over all classes`;
  const isAsked = reads(kind, 'rate') && Math.abs(askedRate - rate) < 1e-9;
  return `${found}; ${isAsked ? 'asked' : 'expected'} ${shortPercent(askedRate)}`;
}

/** Before training. */
export function beforeStory(config: Config): Story {
  const { data, noise, network } = config;
  const noisy = isNoisy(noise);
  const share = wrongShare(noise);
  const many = share === null ? 'some' : shortPercent(share);
  const wrong = noisy ? `, ${many} of them labelled wrong` : '';
  return {
    headline: `Train ${networkName(network.preset)} on ${Number.isFinite(data.train) ? `${count(data.train)} ` : ''}${sourceName(data.source)} samples${wrong}`,
    detail: noisy
      ? 'It learns the right labels first, then the wrong ones. The lab shows when to stop.'
      : data.labelsAreTrue
        ? 'With every label right there should be little to memorize. Add noise to see what it does.'
        : 'The labels are taken as they are. The lab shows when fitting them stops helping.',
  };
}

/** What the story of a run is told from. */
export interface Situation {
  row: RunRow;
  verdict: Verdict | null;
  epochs: readonly EpochView[];
  progress: { phase: string; epoch: number; secondsLeft: number | null } | null;
}

/** While training. */
export function duringStory({ row, verdict, epochs, progress }: Situation): Story {
  const total = row.config.training.epochs;
  const epoch = progress?.epoch ?? epochs.at(-1)?.record.epoch ?? 0;
  const endsByItself = row.config.training.stopChance > 0;
  const left =
    progress?.phase !== 'paused' && typeof progress?.secondsLeft === 'number'
      ? `, ${endsByItself ? 'at most ' : ''}${duration(progress.secondsLeft)} left`
      : '';
  const where =
    `Epoch ${epoch} of ${total}${left}.` +
    (endsByItself ? ' It will end by itself once past the best.' : '');
  if (progress?.phase === 'preparing' || epochs.length === 0) {
    return {
      headline: 'Getting ready',
      detail: 'Reading the data and building the network. Epoch 0 is measured before training.',
    };
  }
  const paused = progress?.phase === 'paused' ? 'Paused. ' : '';
  return { headline: paused + courseOf(verdict), detail: [where, soFar(verdict)].join(' ').trim() };
}

/** What training does just now. */
function courseOf(verdict: Verdict | null): string {
  if (verdict?.phase === 'past') return 'Past the best: it has begun to fit wrong labels';
  return verdict?.phase === 'flat'
    ? 'No sign of overfitting so far'
    : 'Still learning right labels';
}

/** What is known of the best epoch while more of them come. */
function soFar(verdict: Verdict | null): string {
  if (!verdict) return '';
  if (verdict.phase === 'learning') return aheadWords(verdict.chanceAhead);
  return `The best so far is epoch ${verdict.epoch}${rangeWords(verdict)}.`;
}

/** After training, by how it ended. */
export function afterStory({ row, verdict, epochs }: Situation): Story {
  const last = epochs.at(-1)?.record.epoch ?? 0;
  if (row.status === 'failed') {
    return { headline: 'This run failed', detail: row.problem ?? 'Why is not known.' };
  }
  if (!verdict || epochs.length === 0) {
    return {
      headline: row.status === 'interrupted' ? 'This run was interrupted' : 'Nothing to judge yet',
      detail: `${plural(Math.max(0, last), 'epoch')} measured. A recommendation needs a few more.`,
    };
  }
  const ended = { interrupted: 'Interrupted', stopped: 'Stopped', finished: '' } as const;
  const how = row.status in ended ? ended[row.status as keyof typeof ended] : '';
  const prefix = how ? `${how} after epoch ${last} of ${row.config.training.epochs}.` : '';
  const saved = row.savedEpochs > 0 ? `${savedWords(row.savedEpochs, last)}.` : '';
  const parts = [prefix, saved, verdictNote(verdict, last), costs(verdict, epochs, last)];
  return { headline: verdictHeadline(verdict, last), detail: parts.filter(Boolean).join(' ') };
}

/** What going on after the recommended epoch costs, by the best measure there is. */
function costs(verdict: Verdict, epochs: readonly EpochView[], last: number): string {
  const at = epochs.find((view) => view.record.epoch === verdict.epoch)?.record;
  const end = epochs.at(-1)?.record;
  const measure = at?.testAccuracy !== undefined ? 'testAccuracy' : 'holdoutAccuracy';
  const name = measure === 'testAccuracy' ? 'Test accuracy' : 'Accuracy on the noisy hold-out';
  const there = at?.[measure];
  const later = end?.[measure];
  if (there === undefined || later === undefined) return 'Neither test nor hold-out was measured.';
  if (verdict.epoch === last) return `${name} ${percent(there)} there, the last epoch.`;
  const loss = verdict.phase === 'past' ? there - later : 0;
  const sentence = `${name} ${percent(there)} there, ${percent(later)} after epoch ${last}`;
  if (loss < 0.0005) return `${sentence}.`;
  return `${sentence}: going on costs ${points(loss).slice(1)} points.`;
}

/** What no recommendation of ours may read, said plainly. */
export const BLIND =
  'From the noisy hold-out and training signals alone; test data and true labels unread.';

/** The same where there is no hold-out to read. */
export const BLIND_WITHOUT_HOLDOUT =
  'From training signals alone; test data and true labels unread.';

/** Said where a picture needs true labels. */
export const TRUTH_UNKNOWN =
  'Needs the true labels, and for this data they are not known: the labels on disk may be wrong themselves.';

/** Said where a picture needs wrong labels. */
export const NONE_WRONG =
  'No label is wrong in this run, so there is nothing to recover or to memorize.';
