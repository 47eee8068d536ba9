/** Says that work has ended where it ends out of sight, with the way to it. */
import type { RunRow } from '../../core/contract/messages/records.ts';
import type { Phrase } from '../../core/contract/words/phrase.ts';
import { t, words } from '../words/texts.ts';
import { figureText } from '../words/paper.ts';
import { paper } from './paper.svelte.ts';
import { run } from './run.svelte.ts';
import { runs } from './runs.svelte.ts';
import { toasts } from '../parts/toasts.svelte.ts';
import { windowState } from './window.svelte.ts';
import { findWrongLabels, openInLab } from './opening.ts';

/** A run that ends out of sight says so, with the way to it. */
export function tellOfEnd({ id, name, status, recommended }: RunRow): void {
  if (windowState.place === 'lab' && run.view?.row.id === id) return;
  const word = status === 'failed' ? 'failed' : 'ended';
  const said =
    recommended === null
      ? t(`lab.verdict.${word}`, { name })
      : t(`lab.verdict.${word}Stop`, { name, epoch: recommended });
  toasts.done(said, { label: t('lab.verdict.open'), run: () => openInLab(id) });
}

/** The same for a figure of the paper. */
export function tellOfFigure(id: string, problem: Phrase | null): void {
  if (windowState.place === 'paper') return;
  const name = figureText(id, 'name');
  if (problem !== null) toasts.error(t('paper.making.failed', { name, problem: words(problem) }));
  else {
    const run = () => {
      paper.go(id);
      windowState.go('paper');
    };
    toasts.done(t('paper.making.ended', { name }), { label: t('paper.making.open'), run });
  }
}

/** The same for an audit of labels. */
export function tellOfAudit(id: string, problem: Phrase | null): void {
  if (windowState.place === 'labels') return;
  const name = runs.rows.find((row) => row.id === id)?.name ?? id;
  if (problem !== null) toasts.error(t('labels.audit.failed', { name, problem: words(problem) }));
  else {
    const run = () => findWrongLabels(id);
    toasts.done(t('labels.audit.ended', { name }), { label: t('labels.audit.open'), run });
  }
}
