/** What `analyze` tells of an epoch while it follows, and how sure it is: of logs and of records alike. */
import { shownEpoch, wholePercent } from '../contract/words/numbers.ts';
import { allAlikeWords } from '../contract/messages/verdict.ts';
import type { LogVerdict } from '../contract/messages/logs.ts';
import { t } from '../terminal/language.ts';

/** What a verdict is counted in. */
type Unit = 'epoch' | 'step';

/** A new epoch. */
export interface ToldEpoch {
  epoch: number;
  unit: Unit;
  /** Null where it is too early for one. */
  verdict: LogVerdict | null;
  /** Whether training may end. */
  stop: boolean;
}

/** How sure, and of what: of the epochs so far, for none knows of those to come. */
export function sureWords(verdict: LogVerdict, unit: Unit): string {
  const alike = allAlikeWords(verdict, t, { unit, write: shownEpoch });
  if (alike !== null) return alike;
  const { epoch, low, high, confidence } = verdict;
  const values = { share: wholePercent(confidence), unit };
  const [at, from, to] = [epoch, low, high].map(shownEpoch);
  if (from === to) return t('cli.analyze.sureOne', { ...values, at: at! });
  return t('cli.analyze.sure', { ...values, low: from!, high: to! });
}

/** As JSON. */
export function epochLine({ epoch, verdict, stop }: ToldEpoch): object {
  if (!verdict) return { epoch, best: null, stop };
  const { epoch: best, low, high, confidence, phase } = verdict;
  return { epoch, best, low, high, confidence, phase, stop };
}

/** As a line of words. */
export function epochWords({ epoch, unit, verdict, stop }: ToldEpoch): string {
  const told = (what: string) => t('cli.analyze.at', { unit, at: shownEpoch(epoch), what });
  if (!verdict) return told(t('cli.analyze.tooEarly'));
  const [at, low, high] = [verdict.epoch, verdict.low, verdict.high].map(shownEpoch);
  const best = low === high ? at! : t('cli.analyze.best', { best: at!, low: low!, high: high! });
  const share = wholePercent(verdict.confidence);
  if (stop) return told(t('cli.analyze.stop', { unit, best, share }));
  if (verdict.phase !== 'past') return told(t('cli.analyze.keepOn', { best }));
  const ahead = verdict.chanceAhead < 0.01 ? '<1%' : wholePercent(verdict.chanceAhead);
  return told(t('cli.analyze.past', { best, ahead }));
}
