import type { LogColumns, LogView, RatedNoise } from '../../core/contract/messages/logs.ts';
import { request, sentenceOf } from './bridge.ts';
import { Cursor } from './cursor.svelte.ts';

/** The log of another program that is on the screen. */
class LogOnScreen {
  view = $state.raw<LogView | null>(null);
  /** What could not be read, and why. */
  failure = $state.raw<{ path: string; problem: string } | null>(null);
  /** What is being read. */
  opening = $state<string | null>(null);
  /** Columns that the person chose; the others are guessed. */
  chosen = $state.raw<LogColumns>({});
  /** Samples of the hold-out; 0 where the person has not told. */
  holdout = $state(0);
  /** What the person says is known of the noise. */
  noise = $state.raw<RatedNoise | null>(null);
  /** Stands on rows, not epochs: a log's epochs need not be whole. */
  readonly cursor = new Cursor();

  rows = $derived(this.view?.rows ?? []);
  /** The row of the recommended epoch; the last where there is none. */
  home = $derived.by(() => {
    const epoch = this.view?.verdict?.epoch;
    const at = this.rows.findIndex((row) => row.at === epoch);
    return at < 0 ? this.rows.length - 1 : at;
  });
  /** The row under the cursor. */
  here = $derived(Math.min(this.cursor.at(this.home), this.rows.length - 1));

  /**
   * Reads a log.
   * @param asked the person says that it is one
   * @returns whether it is a log, read or not
   */
  async open(path: string, asked: boolean): Promise<boolean> {
    const isLog = await this.#read(path, {}, 0, null, asked);
    if (isLog) this.cursor.reset();
    return isLog;
  }

  /** Whether a file's content looks like a log's; what is on the screen stays. */
  async looksLike(path: string): Promise<boolean> {
    try {
      const { log } = await request('log.open', { path, columns: {}, holdout: 0, asked: false });
      return log !== null;
    } catch {
      // It is a log, which cannot be read as it is: opening it says why.
      return true;
    }
  }

  /** Reads the same log with other columns, another size of the hold-out, or other noise. */
  async change(columns: LogColumns, holdout: number, noise: RatedNoise | null): Promise<void> {
    const path = this.view?.path ?? this.failure?.path;
    if (path !== undefined) await this.#read(path, columns, holdout, noise, true);
  }

  /** Reads the same log once more, for it may have grown. */
  reread(): Promise<void> {
    return this.change(this.chosen, this.holdout, this.noise);
  }

  /** Leaves the log. */
  close(): void {
    Object.assign(this, { view: null, failure: null, chosen: {}, holdout: 0, noise: null });
    this.cursor.reset();
  }

  async #read(
    path: string,
    columns: LogColumns,
    holdout: number,
    noise: RatedNoise | null,
    asked: boolean,
  ): Promise<boolean> {
    this.opening = path;
    try {
      const { log } = await request('log.open', {
        ...{ path, columns, holdout, asked },
        ...(noise ? { noise } : {}),
      });
      if (log === null) return false;
      Object.assign(this, { view: log, failure: null, chosen: columns, holdout, noise });
    } catch (error) {
      const isOther = this.view !== null && this.view.path !== path;
      this.failure = { path, problem: sentenceOf(error) };
      if (isOther) this.view = null;
    } finally {
      this.opening = null;
    }
    return true;
  }
}

export const log = new LogOnScreen();
