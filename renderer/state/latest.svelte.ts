import type { Phrase } from '../../core/contract/words/phrase.ts';
import { whatWentWrong } from './bridge.ts';

/** A question asked again and again while settings move: debounced, and only the newest answer counts. */
export class Latest<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<Phrase | null>(null);
  busy = $state(false);
  #ticket = 0;
  /** What `value` is about. */
  #about = '';
  #timer: ReturnType<typeof setTimeout> | null = null;

  /**
   * Asks after `delay` milliseconds unless asked again before. The old answer stays until the new one
   * is here; where that one fails, it stays only if it is about the same thing.
   */
  ask(question: () => Promise<T>, delay = 0, about = ''): void {
    const ticket = ++this.#ticket;
    this.busy = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#answer(ticket, question, about), delay);
  }

  async #answer(ticket: number, question: () => Promise<T>, about: string): Promise<void> {
    try {
      const value = await question();
      if (ticket !== this.#ticket) return;
      this.value = value;
      this.#about = about;
      this.problem = null;
    } catch (error) {
      if (ticket !== this.#ticket) return;
      this.problem = whatWentWrong(error);
      if (about !== this.#about) this.value = null;
    }
    this.busy = false;
  }
}
