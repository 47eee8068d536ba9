import type { SweepView } from '../../core/contract/messages/sweeps.ts';
import type { Phrase } from '../../core/contract/words/phrase.ts';
import { request, whatWentWrong } from './bridge.ts';
import { recall, remember } from './memory.ts';

/** Between two looks at the folder, in ms: longer than the core rests before it gives its memory back. */
const PACE = 4000;

const isPath = (value: unknown): value is string | null =>
  value === null || typeof value === 'string';

/** The sweep's folder that Runs shows in place of all runs. */
class ShownSweep {
  path = $state<string | null>(recall<string | null>('sweep', null, isPath));
  view = $state.raw<SweepView | null>(null);
  problem = $state.raw<Phrase | null>(null);

  /**
   * Shows a folder.
   * @param asked whether the person says that it is a sweep's
   * @returns whether it is one; else what was shown stays
   * @throws LabError
   */
  async open(path: string, asked: boolean): Promise<boolean> {
    const { sweep } = await request('sweep.open', { path, asked });
    if (sweep === null) return false;
    this.path = path;
    this.view = sweep;
    this.problem = null;
    remember('sweep', path);
    return true;
  }

  /** Goes back to all runs. */
  leave(): void {
    this.path = null;
    this.view = null;
    this.problem = null;
    remember('sweep', null);
  }

  /** Reads the folder now, and again and again while a run of it is not finished. Call in an effect. */
  follow(path: string): () => void {
    void this.#look(path);
    const timer = setInterval(() => {
      const isOver = this.view?.runs.every(({ status }) => status === 'finished') ?? false;
      if (!isOver && !document.hidden) void this.#look(path);
    }, PACE);
    return () => clearInterval(timer);
  }

  async #look(path: string): Promise<void> {
    try {
      const { sweep } = await request('sweep.open', { path, asked: true });
      if (this.path !== path) return;
      this.view = sweep;
      this.problem = null;
    } catch (error) {
      if (this.path === path) this.problem = whatWentWrong(error);
    }
  }

  /** Reads the folder again, after it could not be read. */
  tryAgain(): void {
    if (this.path !== null) void this.#look(this.path);
  }
}

export const shownSweep = new ShownSweep();
