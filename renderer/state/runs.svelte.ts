import type { LabEvent } from '../../core/contract/messages/events.ts';
import type { RunRow, RunView } from '../../core/contract/messages/records.ts';
import type { Phrase } from '../../core/contract/words/phrase.ts';
import { plural } from '../words/format.ts';
import { request, whatWentWrong, sentenceOf } from './bridge.ts';
import { t } from '../words/texts.ts';
import { toasts } from '../parts/toasts.svelte.ts';
import { renamedRow } from './rows.ts';

/** All runs on disk, which of them are chosen, and what was opened to compare. */
class Runs {
  rows = $state.raw<RunRow[]>([]);
  problem = $state.raw<Phrase | null>(null);
  loaded = $state(false);
  busy = $state(false);
  selected = $state.raw<ReadonlySet<string>>(new Set());
  /** Whether the chosen runs stand side by side instead of the table. */
  comparing = $state(false);
  /** Runs read whole for comparing, by id. */
  opened = $state.raw<ReadonlyMap<string, RunView>>(new Map());

  /** Reads the runs folder again. */
  async load(): Promise<void> {
    this.busy = true;
    try {
      const { rows, problem } = await request('runs.list', {});
      this.rows = rows;
      this.problem = problem;
    } catch (error) {
      this.problem = whatWentWrong(error);
    }
    this.loaded = true;
    this.busy = false;
  }

  /** Chooses a run, or lets it go. */
  toggle(id: string): void {
    const others = [...this.selected].filter((one) => one !== id);
    this.select(this.selected.has(id) ? others : [...others, id]);
  }

  select(ids: Iterable<string>): void {
    this.selected = new Set(ids);
  }

  /** Puts some runs side by side. */
  compare(ids: Iterable<string>): void {
    this.select(ids);
    this.comparing = true;
  }

  async rename(id: string, name: string): Promise<void> {
    const before = this.rows;
    const change = (row: RunRow): RunRow =>
      row.id === id ? { ...row, ...renamedRow(row, name) } : row;
    this.rows = before.map(change);
    try {
      await request('runs.rename', { id, name });
    } catch (error) {
      this.rows = before;
      toasts.error(sentenceOf(error));
    }
  }

  /** Moves runs to the trash of the runs folder and offers to take it back. */
  async remove(ids: string[]): Promise<void> {
    try {
      for (const id of ids) await request('runs.delete', { id });
      const said =
        ids.length === 1
          ? t('runs.deleted', { name: this.#nameOf(ids[0] ?? '') })
          : plural('runs.deletedMany', ids.length);
      toasts.done(said, { label: t('runs.undo'), run: () => void this.#restore(ids) });
      this.select([...this.selected].filter((id) => !ids.includes(id)));
    } catch (error) {
      toasts.error(sentenceOf(error));
    }
    await this.load();
  }

  async #restore(ids: string[]): Promise<void> {
    try {
      for (const id of ids) await request('runs.restore', { id });
    } catch (error) {
      toasts.error(sentenceOf(error));
    }
    await this.load();
  }

  #nameOf(id: string): string {
    return this.rows.find((row) => row.id === id)?.name ?? id;
  }

  /** Reads the chosen runs whole. */
  async openSelected(): Promise<void> {
    const opened: [string, RunView][] = [];
    for (const id of this.selected) {
      try {
        opened.push([id, await request('run.open', { id })]);
      } catch (error) {
        toasts.error(sentenceOf(error));
      }
    }
    this.opened = new Map(opened);
  }

  /** Keeps the table in step with the core. */
  hear(event: LabEvent): void {
    if (event.event === 'run.started') this.#put(event.view.row);
    else if (event.event === 'run.ended') this.#put(event.row);
    else if (event.event === 'core.crashed') void this.load();
    else if (event.event === 'run.progress') {
      const row = this.rows.find((one) => one.id === event.id);
      const status = event.phase === 'paused' ? 'paused' : 'running';
      if (row && row.status !== status) this.#put({ ...row, status });
    } else if (event.event === 'run.epoch') {
      const row = this.rows.find((one) => one.id === event.id);
      if (row) this.#put(withEpoch(row, event));
    }
  }

  #put(row: RunRow): void {
    const known = this.rows.some((one) => one.id === row.id);
    this.rows = known
      ? this.rows.map((one) => (one.id === row.id ? row : one))
      : [row, ...this.rows];
  }
}

/** A row of a run that trains, with what its newest epoch tells. */
function withEpoch(row: RunRow, event: Extract<LabEvent, { event: 'run.epoch' }>): RunRow {
  const { record } = event.view;
  const accuracy = record.testAccuracy ?? record.holdoutAccuracy;
  const test = record.testAccuracy ?? null;
  return {
    ...row,
    lastEpoch: record.epoch,
    recommended: event.verdict?.epoch ?? row.recommended,
    testLast: test,
    testBest: test === null ? row.testBest : Math.max(test, row.testBest ?? 0),
    relativeDistance: record.relativeDistance ?? null,
    spark: accuracy === undefined ? row.spark : grown(row, accuracy),
  };
}

/** A curve with a value for every epoch grows; one of a long run waits for the row that ends it. */
function grown({ spark, lastEpoch }: RunRow, value: number): number[] {
  return spark.length === lastEpoch + 1 ? [...spark, value] : spark;
}

export const runs = new Runs();
