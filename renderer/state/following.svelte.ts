import type { Phrase } from '../../core/contract/words/phrase.ts';
import { whatWentWrong } from './bridge.ts';

/** A question that follows a moving slider: one is asked at a time, and only the newest waits for its turn. */
export class Following<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<Phrase | null>(null);
  busy = $state(false);
  #next: (() => Promise<T>) | null = null;

  /** Asks at once, or when the answer to the question at hand is here. */
  ask(question: () => Promise<T>): void {
    this.#next = question;
    if (!this.busy) void this.#askAll();
  }

  async #askAll(): Promise<void> {
    this.busy = true;
    for (let question = this.#next; question; question = this.#next) {
      this.#next = null;
      try {
        const value = await question();
        this.value = value;
        this.problem = null;
      } catch (error) {
        if (!this.#next) this.problem = whatWentWrong(error);
      }
    }
    this.busy = false;
  }
}
