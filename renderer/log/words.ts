/** The window's words about a log of another program. */
import { verdictHeadline, verdictNote } from '../../core/protocol/index.ts';
import type { Counting, LogColumns, LogVerdict, LogView } from '../../core/protocol/index.ts';
import { percent, points, significant } from '../format.ts';
import type { Story } from '../sentences.ts';

type Role = keyof LogColumns;

/** What each role is called, in the order of the dialog. */
export const ROLE_NAMES: Record<Role, string> = {
  holdoutAccuracy: 'Hold-out accuracy',
  holdoutLoss: 'Hold-out loss',
  trainAccuracy: 'Training accuracy',
  trainLoss: 'Training loss',
  predictionChanges: 'Prediction changes',
  relativeDistance: 'Relative distance',
  epoch: 'Epoch',
  step: 'Step',
};
export const ROLES = Object.keys(ROLE_NAMES) as Role[];

/** An epoch or step as people read it: no more than three decimals. */
export const epochWord = (at: number): string => String(Number(at.toFixed(3)));

/** `epoch` or `step`, as the log counts. */
export const unitOf = ({ byStep }: LogView): string => (byStep ? 'step' : 'epoch');

/** The verdict on a log, or why there is none. */
export function logStory(view: LogView): Story {
  const { verdict, problem } = view;
  if (!verdict) return { headline: 'No recommendation yet', detail: problem ?? '' };
  const counting: Counting = { unit: unitOf(view), write: epochWord };
  const last = view.rows.at(-1)?.at ?? verdict.epoch;
  const note = verdictNote(verdict, last, counting);
  return {
    headline: verdictHeadline(verdict, last, counting),
    detail: [note, costs(view, verdict)].filter(Boolean).join(' '),
  };
}

/** What going on after the recommended epoch costs on the hold-out. */
function costs(view: LogView, { epoch, phase }: LogVerdict): string {
  const at = view.rows.find((row) => row.at === epoch);
  const last = view.rows.at(-1);
  if (!at || !last) return '';
  const end = `${unitOf(view)} ${epochWord(last.at)}`;
  const isLast = at === last;
  if (at.holdoutAccuracy !== null && last.holdoutAccuracy !== null) {
    const there = `Accuracy on the noisy hold-out ${percent(at.holdoutAccuracy)} there`;
    if (isLast) return `${there}, the last of the log.`;
    const loss = phase === 'past' ? at.holdoutAccuracy - last.holdoutAccuracy : 0;
    const cost = loss < 0.0005 ? '' : `: going on cost ${points(loss).slice(1)} points`;
    return `${there}, ${percent(last.holdoutAccuracy)} after ${end}${cost}.`;
  }
  if (at.holdoutLoss !== null && last.holdoutLoss !== null) {
    return `Loss on the noisy hold-out ${significant(at.holdoutLoss, 3)} there, ${significant(last.holdoutLoss, 3)} after ${end}.`;
  }
  return 'Told from the training samples alone.';
}

/** The columns that were taken, as `val_0 and val_1, averaged`. */
export function takenWords(names: readonly string[] | undefined): string {
  if (!names || names.length === 0) return 'none';
  return names.length === 1 ? names[0]! : `${names.join(' and ')}, averaged`;
}
