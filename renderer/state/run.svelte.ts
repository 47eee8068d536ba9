import type { Config } from '../../core/contract/config/schema.ts';
import type { EpochView, RunRow, RunView, Verdict } from '../../core/contract/messages/records.ts';
import type { LabEvent } from '../../core/contract/messages/messages.ts';
import type { Phrase } from '../../core/contract/words/phrase.ts';
import { schedule } from '../chart/scheduler.ts';
import { request, sentenceOf } from '../lab.ts';
import { t } from '../texts.ts';
import { cursor } from './cursor.svelte.ts';
import { EpochDetails } from './details.svelte.ts';
import { mergeEpochs, nearestEpoch } from './epochs.ts';
import { toasts } from './toasts.svelte.ts';

type Progress = Extract<LabEvent, { event: 'run.progress' }>;

/** The run on the screen, and the one that trains (most often the same). */
class RunOnScreen {
  /** The run shown, without its epochs, which come and grow below. Null while an experiment is set up. */
  view = $state.raw<RunView | null>(null);
  epochs = $state.raw<EpochView[]>([]);
  verdict = $state.raw<Verdict | null>(null);
  /** How far the training run is, whether shown or not. */
  progress = $state.raw<Progress | null>(null);
  /** The run that trains in the core. */
  liveId = $state<string | null>(null);
  /** Between the click on Train and the core's first word. */
  starting = $state(false);
  opening = $state(false);
  problem = $state<string | null>(null);
  crash = $state.raw<{ message: Phrase; id: string | null } | null>(null);

  live = $derived(this.view !== null && this.view.row.id === this.liveId);
  status = $derived(this.view?.row.status ?? null);
  config = $derived<Config | null>(this.view?.row.config ?? null);
  lastEpoch = $derived(this.epochs.at(-1)?.record.epoch ?? -1);
  /** The epoch that Home goes to: recommended, else the last. */
  home = $derived(this.verdict?.epoch ?? this.lastEpoch);
  /** The epoch under the cursor; without a choice, the newest while training and the stop after it. */
  epochShown = $derived(cursor.at(this.live ? this.lastEpoch : this.home));
  shown = $derived(this.epochs[nearestEpoch(this.epochs, this.epochShown)] ?? null);
  truthKnown = $derived(this.view !== null && this.view.wrongLabels !== null);

  /** What is drawn of one epoch at a time. */
  readonly details = new EpochDetails();

  #arrived: EpochView[] = [];

  /** Trains a config; the screen turns to it at the core's first word. */
  async start(config: Config): Promise<void> {
    if (this.liveId || this.starting) return;
    this.starting = true;
    this.problem = null;
    try {
      const { id } = await request('run.start', { config });
      this.liveId = id;
    } catch (error) {
      this.problem = sentenceOf(error);
    }
    this.starting = false;
  }

  /** Opens a run from disk. */
  async open(id: string): Promise<void> {
    this.opening = true;
    this.problem = null;
    try {
      const view = await request('run.open', { id });
      this.details.reset(id);
      this.#show(view);
      cursor.reset();
    } catch (error) {
      this.problem = sentenceOf(error);
    }
    this.opening = false;
  }

  /** Goes on with an interrupted or stopped run. */
  async resume(id: string): Promise<void> {
    try {
      this.crash = null;
      await request('run.resume', { id });
      this.liveId = id;
      if (this.view?.row.id !== id) await this.open(id);
      this.#setStatus('running');
    } catch (error) {
      toasts.error(sentenceOf(error));
    }
  }

  /** Pauses, goes on or stops the run that trains. */
  async control(action: 'pause' | 'unpause' | 'stop'): Promise<void> {
    const id = this.liveId;
    if (!id) return;
    try {
      await request(`run.${action}`, { id });
    } catch (error) {
      toasts.error(sentenceOf(error));
    }
  }

  /** Leaves the run for the experiment form. */
  leave(): void {
    this.view = null;
    this.epochs = [];
    this.verdict = null;
    this.details.reset(null);
    this.problem = null;
    cursor.reset();
  }

  /** Copies the weights of an epoch into the run's folder. */
  async keep(epoch: number): Promise<void> {
    if (!this.view) return;
    const { id } = this.view.row;
    try {
      const { path } = await request('run.keepModel', { id, epoch });
      if (this.view.row.id === id) {
        const kept = [...new Set([...this.view.kept, epoch])].sort((a, b) => a - b);
        this.view = { ...this.view, kept };
      }
      toasts.done(t('lab.verdict.keptIn', { epoch, path }), {
        label: t('lab.verdict.showFolder'),
        run: () => void request('host.showFolder', { id }),
      });
    } catch (error) {
      toasts.error(sentenceOf(error));
    }
  }

  /** Takes over a new name of the run on the screen. */
  renamed(id: string, name: string): void {
    if (this.view?.row.id !== id) return;
    const { row } = this.view;
    this.view = { ...this.view, row: { ...row, name, config: { ...row.config, name } } };
  }

  /** Takes in what the core tells. */
  hear(event: LabEvent): void {
    switch (event.event) {
      case 'run.started':
        this.#started(event.view);
        break;
      case 'run.progress':
        this.progress = event;
        this.liveId = event.id;
        if (this.view?.row.id === event.id) {
          this.#setStatus(event.phase === 'paused' ? 'paused' : 'running');
        }
        break;
      case 'run.epoch':
        if (event.id !== this.view?.row.id) break;
        this.#arrived.push(event.view);
        this.details.add(event.detail);
        this.verdict = event.verdict;
        schedule(this.#takeArrived);
        break;
      case 'run.ended':
        this.#ended(event.row);
        break;
      case 'core.crashed':
        this.crash = { message: event.message, id: event.id };
        this.liveId = null;
        this.progress = null;
        this.starting = false;
        if (event.id && event.id === this.view?.row.id) this.#setStatus('interrupted');
        break;
      default:
    }
  }

  #started(view: RunView): void {
    this.liveId = view.row.id;
    this.starting = false;
    this.crash = null;
    // A resumed run already shows its epochs; the core tells only what comes.
    if (this.view?.row.id === view.row.id && this.epochs.length > 0) return;
    this.details.reset(view.row.id);
    this.#show(view);
    cursor.reset();
  }

  #show(view: RunView): void {
    this.#arrived = [];
    this.view = { ...view, epochs: [] };
    this.epochs = view.epochs;
    this.verdict = view.verdict;
  }

  readonly #takeArrived = (): void => {
    const first = this.#arrived[0]?.record.epoch;
    if (first === undefined) return;
    // Epochs may end while a run is being opened; what was missed is on disk.
    if (first > this.lastEpoch + 1 && this.view) void this.#fillGap(this.view.row.id);
    this.epochs = mergeEpochs(this.epochs, this.#arrived);
    this.#arrived = [];
  };

  #ended(row: RunRow): void {
    if (this.liveId === row.id) this.liveId = null;
    this.progress = null;
    this.starting = false;
    if (this.view?.row.id !== row.id) return;
    this.#takeArrived();
    this.view = { ...this.view, row };
    void this.#reread(row);
  }

  /**
   * The last word on a finished run (its verdict over all epochs) is the one on disk; a full disk may
   * not hold why it ended.
   */
  async #reread({ id, problem }: RunRow): Promise<void> {
    const view = await request('run.open', { id }).catch(() => null);
    if (!view || this.view?.row.id !== id || this.liveId === id) return;
    this.#show({ ...view, row: { ...view.row, problem: view.row.problem ?? problem } });
  }

  async #fillGap(id: string): Promise<void> {
    const view = await request('run.open', { id }).catch(() => null);
    if (view && this.view?.row.id === id) this.epochs = mergeEpochs(view.epochs, this.epochs);
  }

  #setStatus(status: RunRow['status']): void {
    if (!this.view || this.view.row.status === status) return;
    this.view = { ...this.view, row: { ...this.view.row, status } };
  }
}

export const run = new RunOnScreen();
