/** The window's words about an experiment: what will happen, what happens, what came of it. */
import type { Config, NoiseConfig } from '../../core/contract/config/schema.ts';
import type {
  EpochView,
  NoiseView,
  RunRow,
  Verdict,
} from '../../core/contract/messages/records.ts';
import type { Phrase } from '../../core/contract/words/phrase.ts';
import {
  aheadWords,
  rangeWords,
  savedWords,
  verdictHeadline,
  verdictNote,
} from '../../core/contract/messages/verdict.ts';
import { inWords } from '../../core/contract/words/phrase.ts';
import {
  baseName,
  withSeparators,
  duration,
  percent,
  plural,
  points,
  shortPercent,
  sourceName,
} from './format.ts';
import { networkName, noiseName } from './names.ts';
import { isNoisy, noiseReads, wrongShare } from './noise.ts';
import { t, words } from './texts.ts';

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
  const values = { wrong: withSeparators(wrong), total: withSeparators(total) };
  if (wrong === 0) return t(past ? 'noise.noneWas' : 'noise.noneWillBe', values);
  if (past) return t(labelsAreTrue ? 'noise.areWrong' : 'noise.areChanged', values);
  return t(labelsAreTrue ? 'noise.willBeWrong' : 'noise.willBeChanged', values);
}

/** The rate that came about beside the one asked for: `36.2%; asked 40% over all classes`. */
export function ratesSentence(
  { realizedRate, askedRate }: Pick<NoiseView, 'realizedRate' | 'askedRate'>,
  { kind, rate }: NoiseConfig,
): string {
  const found = percent(realizedRate);
  if (kind === 'uniform') return t('noise.overAll', { found, asked: shortPercent(rate) });
  const isAsked = noiseReads(kind, 'rate') && Math.abs(askedRate - rate) < 1e-9;
  const asked = shortPercent(askedRate);
  return t(isAsked ? 'noise.asked' : 'noise.expected', { found, asked });
}

/** What is known of the labels on disk, and of those to train with. */
export interface LabelFacts {
  /** On disk, of the training part; null where the truth is not known besides. */
  wrongOnDisk: number | null;
  /** Share of the labels to train with that are wrong, 0 to 1; null while it is counted. */
  wrongShare: number | null;
}

/** Where the data set cannot be read yet: how many samples it has is not known. */
export function unreadStory({ source }: Config['data']): Story {
  return {
    headline: t('lab.story.unread', { source: sourceName(source) }),
    detail: t('lab.story.unreadText'),
  };
}

/** Before training. */
export function beforeStory(config: Config, facts: LabelFacts | null = null): Story {
  const { data, noise, network } = config;
  const noisy = isNoisy(noise);
  const values = {
    network: networkName(network.preset),
    n: Number.isFinite(data.train) ? withSeparators(data.train) : '–',
    source: sourceName(data.source),
  };
  if ((facts?.wrongOnDisk ?? 0) > 0 && facts!.wrongShare !== null) {
    const { labelsFile, labelsField } = data.reading;
    const by =
      labelsFile === ''
        ? t('lab.story.byTruth')
        : [baseName(labelsFile), labelsField].filter(Boolean).join(' ');
    const told = { ...values, share: percent(facts!.wrongShare), by, noise: noiseName(noise) };
    const headline = t(noisy ? 'lab.story.trainOnTop' : 'lab.story.trainKnown', told);
    return { headline, detail: t('lab.story.noisy') };
  }
  if (!data.labelsAreTrue && facts?.wrongOnDisk == null) {
    const told = { ...values, noise: noiseName(noise) };
    const headline = t(noisy ? 'lab.story.trainOnUnknown' : 'lab.story.trainAsOnDisk', told);
    return { headline, detail: t('lab.story.asTheyAre') };
  }
  const share = wrongShare(noise);
  const wrong = share === null ? t('lab.story.some') : shortPercent(share);
  return noisy
    ? { headline: t('lab.story.trainWrong', { ...values, wrong }), detail: t('lab.story.noisy') }
    : { headline: t('lab.story.train', values), detail: t('lab.story.clean') };
}

/** A reason of a verdict. Figures kept by earlier versions have a space before the percent sign. */
export function reasonWords(reason: Phrase): string {
  return inWords(reason, t).replaceAll(' %', '%');
}

/** What the story of a run is told from. */
export interface Situation {
  row: RunRow;
  verdict: Verdict | null;
  epochs: readonly EpochView[];
  progress: { phase: string; epoch: number; secondsLeft: number | null } | null;
}

/** While training. */
export function duringStory(situation: Situation): Story {
  const { row, verdict, epochs, progress } = situation;
  if (progress?.phase === 'preparing' || epochs.length === 0) {
    return { headline: t('lab.story.gettingReady'), detail: t('lab.story.gettingReadyText') };
  }
  const course = courseOf(verdict);
  const isPaused = progress?.phase === 'paused';
  const itself =
    row.config && row.config.training.stopChance > 0 ? t('lab.story.endsByItself') : '';
  return {
    headline: isPaused ? t('lab.story.paused', { course }) : course,
    detail: [whereOf(situation), itself, soFar(verdict)].filter(Boolean).join(' '),
  };
}

/** The epoch that is being trained, and the time that is left. */
function whereOf({ row, epochs, progress }: Situation): string {
  const epoch = progress?.epoch ?? epochs.at(-1)?.record.epoch ?? 0;
  if (!row.config) return recordedUpTo(epochs, row.recorded?.epochs ?? null);
  const { epochs: total, stopChance, stopFitted } = row.config.training;
  if (progress?.phase === 'paused' || typeof progress?.secondsLeft !== 'number') {
    return t('lab.story.where', { epoch, total });
  }
  const time = duration(progress.secondsLeft);
  return t(stopChance + stopFitted > 0 ? 'lab.story.whereAtMost' : 'lab.story.whereLeft', {
    epoch,
    total,
    time,
  });
}

/** How far a record goes. @param total the epochs that are planned; null where nobody knows */
function recordedUpTo(epochs: readonly EpochView[], total: number | null): string {
  const epoch = epochs.at(-1)?.record.epoch ?? 0;
  return total === null
    ? t('lab.story.recorded', { epoch })
    : t('lab.story.recordedOf', { epoch, total });
}

/** What training does just now. */
function courseOf(verdict: Verdict | null): string {
  return t(`lab.story.${verdict?.phase ?? 'learning'}`);
}

/** What is known of the best epoch while more of them come. */
function soFar(verdict: Verdict | null): string {
  if (!verdict) return '';
  if (verdict.phase === 'learning') return aheadWords(verdict.chanceAhead, t);
  const range = rangeWords(verdict, t);
  return t('verdict.theBestSoFar', { unit: 'epoch', at: verdict.epoch, range });
}

/** After training, by how it ended. */
export function afterStory({ row, verdict, epochs }: Situation): Story {
  const last = epochs.at(-1)?.record.epoch ?? 0;
  if (row.status === 'failed') {
    const detail = row.problem ? words(row.problem) : t('lab.story.whyUnknown');
    return { headline: t('lab.story.failed'), detail };
  }
  // A disk that was full, or a folder that was damaged since: what to do comes before what was found.
  if (row.status === 'interrupted' && row.problem) {
    return { headline: t('lab.story.interrupted'), detail: words(row.problem) };
  }
  if (!verdict || epochs.length === 0) {
    const isCut = row.status === 'interrupted';
    return {
      headline: t(isCut ? 'lab.story.interrupted' : 'lab.story.nothingYet'),
      detail: plural('lab.story.measured', Math.max(0, last)),
    };
  }
  const prefix = cutAfter(row, last);
  const saved = row.savedEpochs > 0 ? `${savedWords(row.savedEpochs, last, t)}.` : '';
  const parts = [prefix, saved, verdictNote(verdict, last, t), costs(verdict, epochs, last)];
  return { headline: verdictHeadline(verdict, last, t), detail: parts.filter(Boolean).join(' ') };
}

/** Of a run that ended before its last epoch, after which; empty of one that did not. */
function cutAfter({ status, config }: RunRow, last: number): string {
  if (status !== 'interrupted' && status !== 'stopped') return '';
  if (!config) return t('lab.story.recordOpen', { last });
  return t(`lab.story.${status}After`, { last, planned: config.training.epochs });
}

/** What going on after the recommended epoch costs, by the best measure there is. */
function costs(verdict: Verdict, epochs: readonly EpochView[], last: number): string {
  const at = epochs.find((view) => view.record.epoch === verdict.epoch)?.record;
  const end = epochs.at(-1)?.record;
  const measure = at?.testAccuracy !== undefined ? 'testAccuracy' : 'holdoutAccuracy';
  const there = at?.[measure];
  const later = end?.[measure];
  if (there === undefined || later === undefined) return t('lab.story.unmeasured');
  const values = {
    name: t(`lab.story.${measure}`),
    there: percent(there),
    later: percent(later),
    last,
  };
  if (verdict.epoch === last) return t('lab.story.atLast', values);
  const loss = verdict.phase === 'past' ? there - later : 0;
  if (loss < 0.0005) return t('lab.story.noCost', values);
  return t('lab.story.cost', { ...values, points: points(loss).slice(1) });
}
