/** Trains one run at a time, and lets it be paused, stopped and followed. */
import { basename, join } from 'node:path';
import type { Config } from '../contract/config/schema.ts';
import { isReading } from '../data/index.ts';
import { InputError } from '../contract/words/errors.ts';
import type { LabEvent } from '../contract/messages/events.ts';
import type { RunRow } from '../contract/messages/records.ts';
import { found } from '../run-folder/check.ts';
import { isImported } from '../run-folder/imported.ts';
import { rowOf } from '../run-folder/list.ts';
import type { Summary } from '../run-folder/summary.ts';
import { openRecord } from '../runs/open-record.ts';
import { readRunConfig } from '../run-folder/stored.ts';
import { runView } from '../run-folder/views.ts';
import { newRunId } from '../run-folder/write.ts';
import { executeRun } from '../runs/execute.ts';
import { beginRun, reopenRun } from '../runs/begin.ts';
import { checkFree } from './handlers.ts';
import type { Work } from './handlers.ts';
import type { MovedData, OpenRun } from '../runs/begin.ts';

/** Starts and steers training; every method throws InputError where it does not apply. */
export interface Trainer {
  /** @returns the id of the new run */
  start(config: Config): Promise<string>;
  /** Goes on with a run, also where its data lie elsewhere by now; one of a record is followed on. */
  resume(id: string, moved?: MovedData): Promise<string>;
  /** Takes a record into a run, and follows it until it ends. */
  follow(record: string): Promise<string>;
  pause(id: string): Record<string, never>;
  unpause(id: string): Record<string, never>;
  /** Resolves once the run has ended and its summary is on disk. */
  stop(id: string): Promise<Record<string, never>>;
  /** The row as it is, or as paused where this run is. */
  withPause(row: RunRow): RunRow;
}

/** The run that is being trained. */
interface Current {
  id: string;
  epochs: number | null;
  stopped: boolean;
  /** While paused: what training waits for, and what ends it. */
  pause: { wait: Promise<void>; end: () => void } | null;
  at: { epoch: number; fraction: number; secondsLeft: number | null };
  ended: Promise<void>;
}

/**
 * @param runs the folder of runs
 * @param emit is told of every event
 * @param work shared with whatever else takes all threads
 */
export function createTrainer(runs: string, emit: (event: LabEvent) => void, work: Work): Trainer {
  let current: Current | null = null;
  const folder = (id: string) => join(runs, id);

  const running = (id: string): Current => {
    if (current?.id !== id) throw new InputError('run.notTrained');
    return current;
  };
  /** What is trained takes all threads; what another program trains takes none of them. */
  const launch = async (
    id: string,
    epochs: number | null,
    opened: () => OpenRun | Promise<OpenRun>,
    own = true,
  ) => {
    if (current) {
      throw new InputError('busy.otherRun');
    }
    if (own) {
      checkFree(work);
      work.now = 'run';
    }
    const free = () => {
      current = null;
      if (own) work.now = null;
    };
    const now = newCurrent(id, epochs);
    current = now;
    emitProgress(now, 'preparing', emit);
    try {
      const open = await opened();
      now.epochs = open.plan.epochs;
      const view = runView(open.run);
      emit({ event: 'run.started', id, view });
      now.ended = follow(open, now, emit).then((summary) => {
        free();
        emit({ event: 'run.ended', id, row: rowAtEnd(open, view.row, summary) });
      });
    } catch (error) {
      free();
      throw error;
    }
    return id;
  };

  return {
    start(config) {
      const id = newRunId(config.name);
      return launch(id, config.training.epochs, () => beginRun(folder(id), config));
    },
    resume(id, moved) {
      const { recorded } = readRunConfig(folder(id));
      // Where its record lies was told by whoever sent it.
      if (recorded && isImported(folder(id))) throw new InputError('run.recordElsewhere');
      if (recorded) return this.follow(recorded.folder);
      return launch(id, 0, () => reopenRun(folder(id), moved));
    },
    follow(record) {
      if (current) throw new InputError('busy.otherRun');
      const open = openRecord(record, runs, { follow: true });
      return launch(basename(open.run), open.plan.epochs, () => open, false);
    },
    pause(id) {
      const now = running(id);
      now.pause ??= newPause();
      emitProgress(now, 'paused', emit);
      return {};
    },
    unpause(id) {
      endPause(running(id));
      return {};
    },
    async stop(id) {
      const now = running(id);
      now.stopped = true;
      endPause(now);
      await now.ended;
      return {};
    },
    withPause: (row) =>
      current?.id === row.id && current.pause ? { ...row, status: 'paused' } : row,
  };
}

function newCurrent(id: string, epochs: number | null): Current {
  const at = { epoch: 0, fraction: 0, secondsLeft: null };
  return { id, epochs, stopped: false, pause: null, at, ended: Promise.resolve() };
}

function newPause(): NonNullable<Current['pause']> {
  let end = () => {};
  const wait = new Promise<void>((resolve) => (end = resolve));
  return { wait, end };
}

function endPause(now: Current): void {
  now.pause?.end();
  now.pause = null;
}

function emitProgress(
  { id, at, epochs }: Current,
  phase: 'preparing' | 'training' | 'paused',
  emit: (event: LabEvent) => void,
): void {
  emit({ event: 'run.progress', id, phase, epochs, ...at });
}

/** The row of a run that ended; a full disk or a folder that is gone may not hold its end. */
function rowAtEnd({ run, rows }: OpenRun, atStart: RunRow, { status, problem }: Summary): RunRow {
  const lastEpoch = rows.at(-1)?.epoch ?? -1;
  const row = found(() => rowOf(run)) ?? { ...atStart, lastEpoch };
  return problem === null ? row : { ...row, status, problem };
}

function follow(open: OpenRun, now: Current, emit: (event: LabEvent) => void): Promise<Summary> {
  return executeRun(open, {
    pause: () => now.pause?.wait ?? null,
    stopped: () => now.stopped,
    // A person who opens data while a run trains waits for the data.
    shares: isReading,
    progress(epoch, fraction) {
      now.at = { ...now.at, epoch, fraction };
      if (!now.pause) emitProgress(now, 'training', emit);
    },
    epoch(view, verdict, secondsLeft, detail) {
      now.at = { ...now.at, secondsLeft };
      emit({ event: 'run.epoch', id: now.id, view, detail, verdict, secondsLeft });
    },
  });
}
