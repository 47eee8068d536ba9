import type { AuditView } from '../../core/contract/messages/labels.ts';
import type { LabEvent } from '../../core/contract/messages/events.ts';
import type { RunRow } from '../../core/contract/messages/records.ts';
import type { Phrase } from '../../core/contract/words/phrase.ts';
import { t } from '../words/texts.ts';
import { request, sentenceOf, whatWentWrong } from './bridge.ts';
import { language } from './language.svelte.ts';
import { recall, remember } from './memory.ts';
import { paper } from './paper.svelte.ts';
import { run } from './run.svelte.ts';
import { runs } from './runs.svelte.ts';
import { toasts } from '../parts/toasts.svelte.ts';
import { windowState } from './window.svelte.ts';

type Progress = Extract<LabEvent, { event: 'labels.progress' }>;

/** A thorough audit trains so many times more. */
const FOLDS = 5;
const isId = (value: unknown): value is string | null => typeof value === 'string';

/** Whether a run has learned something and is at rest. */
const isReady = ({ lastEpoch, status }: RunRow): boolean =>
  lastEpoch >= 1 && status !== 'running' && status !== 'paused';

/** Which run's labels are looked at, what its audit says, and the audit that is going on. */
class Labels {
  /** The run that was chosen; null before the first. */
  id = $state<string | null>(recall<string | null>('labels.run', null, isId));
  /** Its audit; null while it is opened, and where there is none. */
  view = $state.raw<AuditView | null>(null);
  /** How often an audit was opened or changed as a whole: what is listed of it is then asked for again. */
  openings = $state(0);
  #state = $state<'none' | 'opening' | 'opened'>('none');
  /** Why the audit could not be opened or made. */
  failure = $state.raw<{ what: 'notOpened' | 'notAudited'; problem: Phrase } | null>(null);
  auditing = $state.raw<{ id: string; progress: Progress | null } | null>(null);
  /** Whether the person has ended the audit that is going on. */
  stopping = $state(false);
  /** Whether the person wants no audit of this run just now. */
  #declined = $state(false);

  /** Runs whose labels can be audited: the one on the screen first, then the newest. */
  choices = $derived.by((): RunRow[] => {
    const here = run.view?.row.id;
    const ready = runs.rows.filter(isReady);
    const newest = ready.toSorted((a, b) => b.created.localeCompare(a.created));
    return [...newest.filter(({ id }) => id === here), ...newest.filter(({ id }) => id !== here)];
  });
  row = $derived(this.choices.find(({ id }) => id === this.id) ?? null);
  isOpening = $derived(this.#state === 'opening');
  isAuditing = $derived(this.auditing !== null && this.auditing.id === this.id);
  /** What keeps the core from auditing. */
  busyWith = $derived<'run' | 'figure' | 'audit' | null>(
    run.liveId !== null || run.starting
      ? 'run'
      : paper.making !== null
        ? 'figure'
        : this.auditing !== null
          ? 'audit'
          : null,
  );
  isUnaudited = $derived(this.#state === 'opened' && this.view === null && this.row !== null);
  /** Whether an audit begins by itself: nobody has made one, and nothing else is going on. */
  beginsItself = $derived(
    this.isUnaudited && this.busyWith === null && this.failure === null && !this.#declined,
  );

  /** Opens the run that was looked at last, or else the first there is. Call when the place is entered. */
  enter(): void {
    const chosen = this.row ?? this.choices[0];
    if (chosen) this.choose(chosen.id);
  }

  /** Turns to a run, which is opened as soon as the place is entered. */
  turnTo(id: string): void {
    if (id !== this.id) {
      this.view = null;
      this.#state = 'none';
      this.failure = null;
      this.#declined = false;
    }
    this.id = id;
    remember('labels.run', id);
  }

  /** Opens a run. */
  choose(id: string): void {
    this.turnTo(id);
    void this.open();
  }

  /** Asks what is known of the chosen run's labels. */
  async open(): Promise<void> {
    const { id } = this;
    if (id === null) return;
    this.#state = 'opening';
    this.failure = null;
    try {
      const { audit } = await request('labels.open', { id });
      if (id !== this.id) return;
      this.view = audit;
      this.openings++;
    } catch (error) {
      if (id !== this.id) return;
      this.failure = { what: 'notOpened', problem: whatWentWrong(error) };
    }
    this.#state = 'opened';
  }

  /** Audits the chosen run. @param thorough trains some times more for it */
  async audit(thorough = false): Promise<void> {
    const { id } = this;
    if (id === null || this.busyWith !== null) return;
    this.failure = null;
    this.#declined = false;
    this.auditing = { id, progress: null };
    try {
      await request('labels.audit', { id, folds: thorough ? FOLDS : null });
    } catch (error) {
      this.auditing = null;
      this.failure = { what: 'notAudited', problem: whatWentWrong(error) };
    }
  }

  /** Ends the audit that is going on; what was known before stays. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.#declined = true;
    try {
      await request('labels.stop', {});
    } catch (error) {
      this.stopping = false;
      toasts.error(sentenceOf(error));
    }
  }

  /** Trains the run's experiment on its labels as they are decided, and shows that in Lab. */
  async trainAgain(): Promise<void> {
    if (this.view === null) return;
    try {
      const { id } = await request('labels.trainAgain', { id: this.view.id });
      run.trains(id);
      windowState.go('lab');
    } catch (error) {
      toasts.error(sentenceOf(error));
    }
  }

  /** Shows this run and one that was trained on its corrections side by side. */
  compare(retrained: string): void {
    if (this.view === null) return;
    runs.compare([this.view.id, retrained]);
    windowState.go('runs');
  }

  /** Writes the labels as they are decided where the person says. */
  async save(format: string): Promise<void> {
    if (this.view === null) return;
    try {
      const asked = { id: this.view.id, format, language: language.now };
      const { path } = await request('host.saveLabels', asked);
      if (path !== null) toasts.done(t('labels.export.saved', { path }));
    } catch (error) {
      toasts.error(sentenceOf(error));
    }
  }

  /** Adds the decisions of another person's file. */
  async merge(): Promise<void> {
    if (this.view === null) return;
    try {
      const { review } = await request('host.mergeReview', { id: this.view.id });
      if (review === null) return;
      toasts.done(t('labels.merge.done', { names: review.reviewers.join(', ') }));
      await this.open();
    } catch (error) {
      toasts.error(sentenceOf(error));
    }
  }

  /** Keeps the labels of several people with the run, who are heard in an audit that is made anew. */
  async addAnnotators(): Promise<void> {
    if (this.view === null) return;
    try {
      const { added } = await request('host.addAnnotators', { id: this.view.id });
      if (!added) return;
      toasts.done(t('labels.annotators.added'));
      await this.audit();
    } catch (error) {
      toasts.error(sentenceOf(error));
    }
  }

  /** Takes in what the core tells. */
  hear(event: LabEvent): void {
    switch (event.event) {
      case 'labels.progress':
        this.auditing = { id: event.id, progress: event };
        break;
      case 'labels.ended':
        this.#ended();
        if (event.id !== this.id) break;
        if (event.problem !== null) {
          this.failure = { what: 'notAudited', problem: event.problem };
        } else if (windowState.place === 'labels') void this.open();
        break;
      case 'core.crashed':
        this.#ended();
        break;
      default:
    }
  }

  #ended(): void {
    this.auditing = null;
    this.stopping = false;
  }
}

export const labels = new Labels();
