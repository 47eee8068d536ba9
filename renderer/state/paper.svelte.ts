import { FIGURE_DATA, NO_DATA } from '../../core/contract/messages/figures.ts';
import type {
  FigureInfo,
  FigureSettings,
  FigureView,
} from '../../core/contract/messages/figures.ts';
import type { Params } from '../../core/contract/messages/messages.ts';
import type { LabEvent } from '../../core/contract/messages/events.ts';
import type { Phrase } from '../../core/contract/words/phrase.ts';
import { request, whatWentWrong, sentenceOf } from './bridge.ts';
import { catalogue } from '../words/catalogue.ts';
import { experiment } from './experiment.svelte.ts';
import { Following } from './following.svelte.ts';
import { Latest } from './latest.svelte.ts';
import { recall, remember } from './memory.ts';
import { run } from './run.svelte.ts';
import { toasts } from '../parts/toasts.svelte.ts';
import { windowState } from './window.svelte.ts';

type Progress = Extract<LabEvent, { event: 'paper.progress' }>;
/** Who an explanation is for. */
export type Audience = 'curious' | 'student' | 'researcher';
export const AUDIENCES: readonly Audience[] = ['curious', 'student', 'researcher'];

const isText = (value: unknown): value is string => typeof value === 'string';
const isReader = (value: unknown): value is Audience => AUDIENCES.some((each) => each === value);
/** Trying how long a figure takes keeps the machine busy, so it waits until the settings rest. */
const REST = 400;

/** The figures of the paper: which one is on the screen, its settings, and what is being made. */
class Paper {
  figures = $derived<readonly FigureInfo[]>(catalogue().figures);
  /** Why there are no figures. */
  problem = $derived(experiment.infoProblem);
  id = $state(recall('paper.figure', '2', isText));
  reader = $state<Audience>(recall<Audience>('paper.reader', 'student', isReader));
  /** Settings by figure, where a person has changed them. */
  #changed = $state.raw<Record<string, FigureSettings>>({});
  readonly opened = new Following<FigureView>();
  readonly estimate = new Latest<number | null>();
  /** What is being made: in the core one figure at a time. */
  making = $state.raw<{ id: string; settings: FigureSettings | null } | null>(null);
  progress = $state.raw<Progress | null>(null);
  /** Why the making of a figure failed. */
  failure = $state.raw<{ id: string; problem: Phrase } | null>(null);
  /** Without rail, list and form, in large type. */
  presenting = $state(false);

  info = $derived(this.figures.find(({ id }) => id === this.id) ?? this.figures[0] ?? null);
  settings = $derived<FigureSettings>(
    this.info ? (this.#changed[this.info.id] ?? this.info.sizes[0]?.settings ?? {}) : {},
  );
  /** The named set of values that the settings are; null where they are a person's own. */
  size = $derived(
    this.info?.sizes.find(({ settings }) => isOfSize(settings, this.settings))?.id ?? null,
  );
  /** Whether nothing can be computed before a person's own data are chosen. */
  needsData = $derived(this.settings[FIGURE_DATA] === NO_DATA);
  /** The figure on the screen as far as it has been made; null until it is known. */
  view = $derived(
    this.opened.value?.id === this.info?.id && !this.needsData ? this.opened.value : null,
  );
  isMaking = $derived(this.making !== null && this.making.id === this.info?.id);

  /** Whether Play would do something. */
  canStart = $derived(
    this.info !== null &&
      !this.info.instant &&
      this.making === null &&
      this.view !== null &&
      this.view.state !== 'complete' &&
      run.liveId === null,
  );

  /** Turns to a figure. */
  go(id: string): void {
    this.id = id;
    remember('paper.figure', id);
  }

  /** Turns to the figure so many further on. */
  step(by: number): void {
    const at = this.figures.findIndex(({ id }) => id === this.info?.id);
    const next = this.figures[at + by];
    if (next) this.go(next.id);
  }

  /** Chooses whom explanations are for. */
  readAs(reader: Audience): void {
    this.reader = reader;
    remember('paper.reader', reader);
  }

  /** Changes some settings of the figure on the screen. */
  change(changes: FigureSettings): void {
    if (!this.info) return;
    this.#changed = { ...this.#changed, [this.info.id]: { ...this.settings, ...changes } };
  }

  /** Has the person choose data for the figure on the screen. */
  async openData(what: 'file' | 'folder'): Promise<void> {
    const path = await this.findData(what);
    if (path !== null) this.change({ [FIGURE_DATA]: path });
  }

  /** Asks where data of the person's are; null where that was cancelled, or failed and was told. */
  async findData(what: 'file' | 'folder'): Promise<string | null> {
    try {
      return (await request('host.openData', { what })).path;
    } catch (error) {
      toasts.error(sentenceOf(error));
      return null;
    }
  }

  /** Asks for the figure on the screen, and how long making it takes. Call again when either changes. */
  open(): void {
    if (!this.info || this.needsData) return;
    const asked = { id: this.info.id, settings: this.settings };
    this.opened.ask(async () => (await request('paper.open', asked)).view);
    if (this.info.instant || this.making) return;
    this.estimate.ask(async () => (await request('paper.estimate', asked)).seconds, REST);
  }

  /** Makes the figure on the screen, or goes on where it was stopped. */
  async start(): Promise<void> {
    if (!this.info || !this.canStart) return;
    const asked = { id: this.info.id, settings: this.settings };
    this.failure = null;
    this.progress = null;
    this.making = asked;
    try {
      await request('paper.start', asked);
    } catch (error) {
      this.making = null;
      this.failure = { id: asked.id, problem: whatWentWrong(error) };
    }
  }

  /** Ends the making; what is there stays. */
  async stop(): Promise<void> {
    try {
      await request('paper.stop', {});
    } catch (error) {
      toasts.error(sentenceOf(error));
    }
  }

  /** Writes the figure on the screen where the person says. @returns the path; null where cancelled */
  async save(file: Omit<Params<'host.saveFigure'>, 'id' | 'settings'>): Promise<string | null> {
    if (!this.info) return null;
    const asked = { id: this.info.id, settings: this.settings, ...file };
    return (await request('host.saveFigure', asked)).path;
  }

  /** Takes in what the core tells. */
  hear(event: LabEvent): void {
    switch (event.event) {
      case 'paper.progress':
        this.making ??= { id: event.id, settings: null };
        this.progress = event;
        break;
      case 'paper.view':
        if (event.view.id === this.info?.id && isSame(event.view.settings, this.settings)) {
          this.opened.value = event.view;
        }
        break;
      case 'paper.ended':
        this.#ended();
        if (event.problem !== null) this.failure = { id: event.id, problem: event.problem };
        this.#openIfSeen();
        break;
      case 'core.crashed':
        this.#ended();
        break;
      default:
    }
  }

  /** Estimating how long a figure takes keeps the machine busy, so it is done only while the place is open. */
  #openIfSeen(): void {
    if (windowState.place === 'paper') this.open();
  }

  #ended(): void {
    this.making = null;
    this.progress = null;
  }
}

/** Whether settings are a size's, whichever data of the person's it asks for. */
function isOfSize(size: FigureSettings, settings: FigureSettings): boolean {
  const isOwn = size[FIGURE_DATA] === NO_DATA;
  return isSame(isOwn ? { ...size, [FIGURE_DATA]: settings[FIGURE_DATA]! } : size, settings);
}

/** Whether two sets of settings are equal, in whichever order. */
function isSame(one: FigureSettings, other: FigureSettings): boolean {
  const ids = Object.keys(one);
  return (
    ids.length === Object.keys(other).length &&
    ids.every((id) => JSON.stringify(one[id]) === JSON.stringify(other[id]))
  );
}

export const paper = new Paper();
