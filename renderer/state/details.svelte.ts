import type { EpochDetail } from '../../core/contract/messages/records.ts';
import { request, sentenceOf } from './bridge.ts';
import { toasts } from '../parts/toasts.svelte.ts';

/** So many epochs are asked for at once. */
const PAGE = 100;

/** The details of the epochs of the run on the screen: asked for as they are looked at, then kept. */
export class EpochDetails {
  /** Of the epoch that is looked at; the former one's until they are here. Null where there are none. */
  shown = $state.raw<EpochDetail | null>(null);

  #run: string | null = null;
  readonly #known = new Map<number, EpochDetail>();
  /** The epoch that is looked at; null where its details need not be asked for. */
  #wanted: number | null = null;
  #busy = false;
  #failed = false;

  /** Begins with another run, or with the same opened anew. */
  reset(run: string | null): void {
    this.#run = run;
    this.#known.clear();
    this.#wanted = null;
    this.#failed = false;
    this.shown = null;
  }

  /** Takes in an epoch that was just trained. */
  add(detail: EpochDetail): void {
    this.#known.set(detail.epoch, detail);
  }

  /** Of an epoch, where they are here already. */
  of(epoch: number): EpochDetail | undefined {
    return this.#known.get(epoch);
  }

  /** Shows an epoch's details, at once where they are here. */
  look(epoch: number): void {
    const known = this.#known.get(epoch);
    this.#wanted = known ? null : epoch;
    if (known) this.shown = known;
    else if (!this.#busy) void this.#ask();
  }

  /** Asks for one page at a time, and next for the newest that is wanted by then. */
  async #ask(): Promise<void> {
    this.#busy = true;
    for (let epoch = this.#wanted; epoch !== null && this.#run; epoch = this.#wanted) {
      const id = this.#run;
      const from = epoch - (epoch % PAGE);
      const details = await request('run.epochs', { id, from, count: PAGE })
        .then((answer) => answer.details)
        .catch((error: unknown) => this.#fail(error));
      if (id !== this.#run) continue;
      // An epoch that was trained again meanwhile is newer than what was on disk.
      for (const one of details) if (!this.#known.has(one.epoch)) this.#known.set(one.epoch, one);
      if (this.#wanted !== epoch && !this.#known.has(this.#wanted ?? -1)) continue;
      // Where they are not there, an older picture would be a wrong one.
      this.shown = this.#known.get(this.#wanted ?? epoch) ?? null;
      this.#wanted = null;
    }
    this.#busy = false;
  }

  /** Said once a run, however many epochs are looked at. */
  #fail(error: unknown): EpochDetail[] {
    if (!this.#failed) toasts.error(sentenceOf(error));
    this.#failed = true;
    return [];
  }
}
