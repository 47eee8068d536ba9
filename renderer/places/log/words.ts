/** The window's words about a log of another program. */
import { unitOf } from '../../../core/contract/drawing/log.ts';
import { shownEpoch } from '../../../core/contract/words/numbers.ts';
import { verdictHeadline, verdictNote } from '../../../core/contract/messages/verdict.ts';
import type { Counting } from '../../../core/contract/messages/verdict.ts';
import type { LogColumns, LogVerdict, LogView } from '../../../core/contract/messages/logs.ts';
import { percent, points, significant } from '../../words/format.ts';
import type { Story } from '../../words/sentences.ts';
import { drawn, t, words } from '../../words/texts.ts';

/** What columns can be taken for, in the order of the dialog; named by the texts `log.roles`. */
export const ROLE_ORDER: (keyof LogColumns)[] = [
  'holdoutAccuracy',
  'holdoutLoss',
  'trainAccuracy',
  'trainLoss',
  'predictionChanges',
  'relativeDistance',
  'epoch',
  'step',
];

/** The verdict on a log, or why there is none. */
export function logStory(view: LogView): Story {
  const { verdict, problem } = view;
  if (!verdict) {
    return { headline: t('log.noRecommendation'), detail: problem ? words(problem) : '' };
  }
  const counting: Counting = { unit: unitOf(view), write: shownEpoch };
  const last = view.rows.at(-1)?.at ?? verdict.epoch;
  const note = verdictNote(verdict, last, t, counting);
  return {
    headline: verdictHeadline(verdict, last, t, counting),
    detail: [note, costs(view, verdict)].filter(Boolean).join(' '),
  };
}

/** What going on after the recommended epoch costs on the hold-out. */
function costs(view: LogView, { epoch, phase }: LogVerdict): string {
  const at = view.rows.find((row) => row.at === epoch);
  const lastOf = (signal: 'holdoutAccuracy' | 'holdoutLoss') =>
    view.rows.findLast((row) => row[signal] !== null);
  const [last, lastLoss] = [lastOf('holdoutAccuracy'), lastOf('holdoutLoss')];
  if (!at || (!last && !lastLoss)) return t('log.trainingAlone');
  if (last && at.holdoutAccuracy !== null) {
    const there = percent(at.holdoutAccuracy);
    const unit = unitOf(view);
    const what = accuracyIn(view);
    if (at === last) return t('log.accuracyLast', { what, unit, there });
    const later = percent(last.holdoutAccuracy!);
    const said = { what, unit, last: shownEpoch(last.at), there, later };
    const loss = phase === 'past' ? at.holdoutAccuracy - last.holdoutAccuracy! : 0;
    if (loss < 0.0005) return t('log.accuracy', said);
    return t('log.accuracyCost', { ...said, points: points(loss).slice(1) });
  }
  if (!lastLoss || at.holdoutLoss === null || at === lastLoss) return '';
  return t('log.loss', {
    unit: unitOf(view),
    last: shownEpoch(lastLoss.at),
    there: significant(at.holdoutLoss, 3),
    later: significant(lastLoss.holdoutLoss!, 3),
  });
}

/** What hold-out accuracy is called: where another measure stands for it, by its column. */
function accuracyIn({ columns, measures }: LogView): string {
  const names = columns.holdoutAccuracy ?? [];
  const isOther = measures.some(({ name, better }) => better === 'higher' && names.includes(name));
  return isOther ? takenWords(names) : t('verdict.holdoutAccuracy');
}

/** The columns that were taken, as `val_0 and val_1, averaged`. */
export function takenWords(names: readonly string[] | undefined): string {
  if (!names || names.length === 0) return t('common.none');
  return names.length === 1
    ? names[0]!
    : t('log.averaged', { names: names.map(drawn).join(t('log.and')) });
}
