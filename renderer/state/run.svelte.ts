import type { Config } from '../../core/contract/config/schema.ts';
import type { EpochView, RunRow, RunView, Verdict } from '../../core/contract/messages/records.ts';
import type { LabEvent } from '../../core/contract/messages/events.ts';
import type { Phrase } from '../../core/contract/words/phrase.ts';
import { schedule } from '../chart/scheduler.ts';
import { request, sentenceOf } from './bridge.ts';
import { t } from '../words/texts.ts';
import { cursor } from './cursor.svelte.ts';
import { EpochDetails } from './details.svelte.ts';
import { mergeEpochs, nearestEpoch } from './epochs.ts';
import { tellMovedData } from './moved-data.ts';
import { renamedRow } from './rows.ts';
import { toasts } from '../parts/toasts.svelte.ts';

type Progress = Extract<LabEvent, { event: 'run.progress' }>;

/** What the screen shows: the form of an experiment, or a run, whose epochs come and grow. */
type Screen =
  | { kind: 'form' }
  | { kind: 'opening' }
  | { kind: 'run'; view: RunView; epochs: EpochView[]; verdict: Verdict | null };

/** What trains in the core, whether shown or not; it starts between the click and the core's first word. */
type Training =
  | { kind: 'none' }
  | { kind: 'starting' }
  | { kind: 'running'; id: string; progress: Progress | null };

const FORM: Screen = { kind: 'form' };
const NONE: Training = { kind: 'none' };
const NO_EPOCHS: EpochView[] = [];

/**
 * How often new epochs are shown, in ms: each time all charts are drawn, which without a graphics card
 * takes the processor from the training.
 */
const LIVE = 1000;

/** The run on the screen, and the one that trains (most often the same). */
class RunOnScreen {
  #screen = $state.raw<Screen>(FORM);
  #training = $state.raw<Training>(NONE);
  problem = $state<string | null>(null);
  crash = $state.raw<{ message: Phrase; id: string | null } | null>(null);

  readonly #run = $derived(this.#screen.kind === 'run' ? this.#screen : null);
  readonly #running = $derived(this.#training.kind === 'running' ? this.#training : null);

  /** The run shown; null while an experiment is set up. Its epochs are `epochs`. */
  view = $derived(this.#run?.view ?? null);
  epochs = $derived(this.#run?.epochs ?? NO_EPOCHS);
  verdict = $derived(this.#run?.verdict ?? null);
  opening = $derived(this.#screen.kind === 'opening');
  starting = $derived(this.#training.kind === 'starting');
  /** The run that trains. */
  liveId = $derived(this.#running?.id ?? null);
  /** How far it is. */
  progress = $derived(this.#running?.progress ?? null);

  live = $derived(this.view !== null && this.view.row.id === this.liveId);
  status = $derived(this.view?.row.status ?? null);
  config = $derived<Config | null>(this.view?.row.config ?? null);
  /** What is known of a training that another program does; null of the lab's own. */
  recorded = $derived(this.view?.row.recorded ?? null);
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
  /** The verdict that came with the newest of them. */
  #verdict: Verdict | null = null;

  /** Trains a config; the screen turns to it at the core's first word. */
  async start(config: Config): Promise<void> {
    if (this.#training.kind !== 'none') return;
    this.#training = { kind: 'starting' };
    this.problem = null;
    try {
      const { id } = await request('run.start', { config });
      this.trains(id);
    } catch (error) {
      this.#training = NONE;
      this.problem = sentenceOf(error);
    }
  }

  /** Takes over which run trains in the core. */
  trains(id: string): void {
    if (this.liveId !== id) this.#training = { kind: 'running', id, progress: null };
  }

  /** Opens a run from disk. */
  async open(id: string): Promise<void> {
    // A run that is shown stays until the next one is there.
    if (this.#screen.kind === 'form') this.#screen = { kind: 'opening' };
    this.problem = null;
    try {
      const view = await request('run.open', { id });
      this.details.reset(id);
      this.#show(view);
      cursor.reset();
    } catch (error) {
      this.problem = sentenceOf(error);
      if (this.#screen.kind === 'opening') this.#screen = FORM;
    }
  }

  /** Goes on with an interrupted or stopped run. @param source where its data lie, if not where they were */
  async resume(id: string, source?: string): Promise<void> {
    try {
      this.crash = null;
      await request('run.resume', { id, ...(source === undefined ? {} : { source }) });
      this.trains(id);
      if (this.view?.row.id !== id) await this.open(id);
      this.#setStatus('running');
    } catch (error) {
      tellMovedData(error, (chosen) => void this.resume(id, chosen));
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
    this.#screen = FORM;
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
        this.#change({ view: { ...this.view, kept } });
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
    this.#changeRow(renamedRow(this.view.row, name));
  }

  /** Takes in what the core tells. */
  hear(event: LabEvent): void {
    switch (event.event) {
      case 'run.started':
        this.#started(event.view);
        break;
      case 'run.progress':
        this.#training = { kind: 'running', id: event.id, progress: event };
        if (this.view?.row.id === event.id) {
          this.#setStatus(event.phase === 'paused' ? 'paused' : 'running');
        }
        break;
      case 'run.epoch':
        if (event.id !== this.view?.row.id) break;
        this.#arrived.push(event.view);
        this.#verdict = event.verdict;
        this.details.add(event.detail);
        schedule(this.#takeArrived, LIVE);
        break;
      case 'run.ended':
        this.#ended(event.row);
        break;
      case 'core.crashed':
        this.crash = { message: event.message, id: event.id };
        this.#training = NONE;
        if (event.id && event.id === this.view?.row.id) this.#setStatus('interrupted');
        break;
      default:
    }
  }

  #started(view: RunView): void {
    this.trains(view.row.id);
    this.crash = null;
    // A resumed run already shows its epochs; the core tells only what comes.
    if (this.view?.row.id === view.row.id && this.epochs.length > 0) return;
    this.details.reset(view.row.id);
    this.#show(view);
    cursor.reset();
  }

  #show(view: RunView): void {
    this.#arrived = [];
    const { epochs, verdict } = view;
    this.#screen = { kind: 'run', view: { ...view, epochs: [] }, epochs, verdict };
  }

  /** Changes what is told of the run shown, where one is. */
  #change(change: Partial<Omit<Extract<Screen, { kind: 'run' }>, 'kind'>>): void {
    if (this.#screen.kind === 'run') this.#screen = { ...this.#screen, ...change };
  }

  #changeRow(change: Partial<RunRow>): void {
    if (this.view) this.#change({ view: { ...this.view, row: { ...this.view.row, ...change } } });
  }

  readonly #takeArrived = (): void => {
    const first = this.#arrived[0]?.record.epoch;
    if (first === undefined) return;
    // Epochs may end while a run is being opened; what was missed is on disk.
    if (first > this.lastEpoch + 1 && this.view) void this.#fillGap(this.view.row.id);
    this.#change({ epochs: mergeEpochs(this.epochs, this.#arrived), verdict: this.#verdict });
    this.#arrived = [];
  };

  #ended(row: RunRow): void {
    this.#training = NONE;
    if (this.view?.row.id !== row.id) return;
    this.#takeArrived();
    this.#changeRow(row);
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
    if (view && this.view?.row.id === id) {
      this.#change({ epochs: mergeEpochs(view.epochs, this.epochs) });
    }
  }

  #setStatus(status: RunRow['status']): void {
    if (this.status !== status) this.#changeRow({ status });
  }
}

export const run = new RunOnScreen();
