import type {
  Decision,
  ReviewCounts,
  Suspect,
  SuspectFilter,
} from '../../core/contract/messages/labels.ts';
import type { Result } from '../../core/contract/messages/messages.ts';
import { plural } from '../words/format.ts';
import { t } from '../words/texts.ts';
import { request, sentenceOf } from './bridge.ts';
import { labels } from './labels.svelte.ts';
import { Latest } from './latest.svelte.ts';
import { recall, remember } from './memory.ts';
import { suspectKey, suspects } from './suspects.svelte.ts';
import { toasts } from '../parts/toasts.svelte.ts';

/** So many of a batch are shown before it is accepted. */
const PREVIEW = 12;
/** Counting a batch waits until decisions and filter rest, in milliseconds. */
const REST = 250;

const NOTHING: ReviewCounts = {
  looked: 0,
  changed: 0,
  removed: 0,
  unsure: 0,
  disputed: 0,
  undoable: false,
  reviewers: [],
};

/** What was done at once, to be undone at once. */
interface Act {
  /** Decisions before it by key; null where the core alone knows them. */
  before: ReadonlyMap<string, Decision | null> | null;
  /** Whether the core has taken it. */
  isTaken: boolean;
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** A person's decisions: told to the core in the background, shown at once. */
class Review {
  counts = $state.raw<ReviewCounts>(NOTHING);
  /** Who decides. */
  #name = $state(recall('labels.reviewer', '', isText));
  reviewer = $derived(this.#name);
  /** The grid instead of one suspect at a time. */
  grid = $state(false);
  /** Keys of those selected in the grid. */
  selected = $state.raw<ReadonlySet<string>>(new Set());
  /** How many a batch would accept, and the first of them. */
  readonly batch = new Latest<Result<'labels.suspects'>>();
  /** Whether the batch is shown before it is accepted. */
  previewing = $state(false);
  accepting = $state(false);

  #acts = $state.raw<readonly Act[]>([]);
  /** Decisions on their way to the core. */
  #underway = 0;

  canUndo = $derived(this.#acts.length > 0 || this.counts.undoable);
  /** Those that a decision is about: the selected ones, or the one looked at. */
  targets = $derived.by((): Suspect[] => {
    if (this.grid && this.selected.size > 0) {
      return suspects.items.filter((one) => this.selected.has(suspectKey(one)));
    }
    return suspects.current ? [suspects.current] : [];
  });

  /** Whether there is something to train again with, and nothing in the way. */
  canTrain = $derived(this.counts.changed + this.counts.removed > 0 && labels.busyWith === null);

  /** Begins with another audit, or with the same as it is by now. */
  begin(): void {
    this.counts = labels.view?.review ?? NOTHING;
    this.#acts = [];
    this.selected = new Set();
    this.previewing = false;
    suspects.begin();
    this.countBatch();
  }

  /** Says who decides; without a name it is the one that stands in the empty field. */
  call(name: string): void {
    this.#name = name.slice(0, 60);
    remember('labels.reviewer', this.#name);
  }

  get #asked() {
    const name = this.#name.trim();
    return { id: labels.view?.id ?? '', reviewer: name || t('labels.review.me') };
  }

  /** Lists other suspects. */
  choose(changes: Partial<SuspectFilter>): void {
    this.previewing = false;
    this.selected = new Set();
    // The number of another batch would be a wrong one.
    this.batch.value = null;
    suspects.choose(changes);
    this.countBatch();
  }

  /** Accepts the likely class of each. */
  accept(): void {
    this.#decide(this.targets.map((one) => [one, { choice: 'class', class: one.likely }]));
  }

  /** Keeps the given class of each. */
  keep(): void {
    this.#decide(this.targets.map((one) => [one, { choice: 'class', class: one.given }]));
  }

  /** Decides the same about each. */
  decide(decision: Decision): void {
    this.#decide(this.targets.map((one) => [one, decision]));
  }

  #decide(decisions: [Suspect, Decision][]): void {
    const [first] = decisions;
    if (!first) return;
    const before = new Map(decisions.map(([one]) => [suspectKey(one), one.decision]));
    const act: Act = { before, isTaken: false };
    this.#acts = [...this.#acts, act];
    this.#show(new Map(decisions.map(([one, decision]) => [suspectKey(one), decision])));
    if (this.grid) this.selected = new Set();
    if (!this.grid || decisions.length === 1)
      suspects.go(suspects.placeOf(suspectKey(first[0])) + 1);
    this.#send(act, decisions);
    this.countBatch();
  }

  #send(act: Act, decisions: [Suspect, Decision][]): void {
    const made = decisions.map(([{ part, index }, decision]) => ({
      sample: { part, index },
      decision,
    }));
    const asked = { ...this.#asked, made };
    this.#underway++;
    void suspects.turns.take(async () => {
      try {
        const { review } = await request('labels.decide', asked);
        act.isTaken = true;
        this.#underway--;
        this.#told(review);
      } catch (error) {
        this.#underway--;
        this.#takeBack(act);
        toasts.error(t('labels.review.notSaved', { problem: sentenceOf(error) }));
      }
    });
  }

  /** A decision that was not taken: the sample comes back as it was. */
  #takeBack(act: Act): void {
    if (act.before) this.#show(act.before);
    this.#acts = this.#acts.filter((one) => one !== act);
    const place = suspects.placeOf(act.before?.keys().next().value ?? '');
    if (place >= 0 && place < suspects.at) suspects.go(place);
    this.countBatch();
  }

  /** Takes back what was done last. */
  undo(): void {
    const act = this.#acts.at(-1);
    if (!act && !this.counts.undoable) return;
    this.previewing = false;
    this.#acts = this.#acts.slice(0, -1);
    const first = act?.before?.keys().next().value;
    if (act?.before) {
      this.#show(act.before);
      const place = first === undefined ? -1 : suspects.placeOf(first);
      if (place >= 0) suspects.go(place);
    }
    this.#underway++;
    void suspects.turns.take(async () => {
      try {
        // Of what the core has not taken there is nothing to undo.
        const undone = act && !act.isTaken ? null : await request('labels.undo', this.#asked);
        this.#underway--;
        if (undone) this.#told(undone.review);
        // What came of it where others were about is known to the core alone.
        if (!act?.before || (first !== undefined && suspects.placeOf(first) < 0)) {
          const about = undone?.samples[0];
          suspects.reload(about ? suspectKey(about) : null);
        }
      } catch (error) {
        this.#underway--;
        toasts.error(t('labels.review.notUndone', { problem: sentenceOf(error) }));
        void labels.open();
      }
    });
    this.countBatch();
  }

  /** Counts what a batch would accept, when decisions rest. */
  countBatch(): void {
    const { view } = labels;
    const { show } = suspects.filter;
    if (!view || view.weak || (show !== 'open' && show !== 'all')) return;
    const asked = {
      id: view.id,
      ...suspects.filter,
      show: 'open',
      from: 0,
      count: PREVIEW,
    } as const;
    this.batch.ask(() => suspects.turns.take(() => request('labels.suspects', asked)), REST);
  }

  /** Accepts the likely class of all that fit the filter and are not decided yet. */
  async acceptAll(): Promise<void> {
    const asked = { ...this.#asked, ...suspects.filter };
    this.accepting = true;
    await suspects.turns.take(async () => {
      try {
        const { accepted, review } = await request('labels.acceptAll', asked);
        this.counts = review;
        this.#acts = [...this.#acts, { before: null, isTaken: true }];
        toasts.done(plural('labels.batch.done', accepted), {
          label: t('labels.review.undo'),
          run: () => this.undo(),
        });
      } catch (error) {
        toasts.error(sentenceOf(error));
      }
    });
    this.accepting = false;
    this.previewing = false;
    suspects.reload();
    this.countBatch();
  }

  /** Selects one suspect of the grid or lets it go; with `through`, all from the one looked at to it. */
  select(at: number, through = false): void {
    const ends = through ? [suspects.at, at] : [at];
    const keys = suspects.items.slice(Math.min(...ends), Math.max(...ends) + 1).map(suspectKey);
    const isIn = !through && keys.every((key) => this.selected.has(key));
    const chosen = new Set(this.selected);
    for (const key of keys) {
      if (isIn) chosen.delete(key);
      else chosen.add(key);
    }
    this.selected = chosen;
    suspects.go(at);
  }

  /** Selects all that are here. */
  selectAll(): void {
    this.selected = new Set(suspects.items.map(suspectKey));
  }

  clear(): void {
    this.selected = new Set();
  }

  /** Trains the run's experiment once more, when all decisions are with the core. */
  trainAgain(): void {
    if (this.canTrain) void suspects.turns.take(() => labels.trainAgain());
  }

  /** Shows decisions and what they change in the counts, before the core has said so. */
  #show(decisions: ReadonlyMap<string, Decision | null>): void {
    let { looked, changed, removed, unsure } = this.counts;
    for (const one of suspects.items) {
      const after = decisions.get(suspectKey(one));
      if (after === undefined) continue;
      for (const [decision, by] of [
        [one.decision, -1],
        [after, 1],
      ] as const) {
        if (decision === null) continue;
        looked += by;
        if (decision.choice === 'remove') removed += by;
        else if (decision.choice === 'unsure') unsure += by;
        else if (decision.class !== one.given) changed += by;
      }
    }
    this.counts = { ...this.counts, looked, changed, removed, unsure };
    suspects.change(decisions);
  }

  /** The core's own counts, once they hold for all that is shown. */
  #told(counts: ReviewCounts): void {
    if (this.#underway === 0) this.counts = counts;
  }
}

export const review = new Review();
