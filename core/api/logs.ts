/** A log of any program, as the window shows it. */
import { InputError } from '../contract/words/errors.ts';
import { isLog, readLog, UnknownColumns } from '../logs/index.ts';
import type { Log } from '../logs/index.ts';
import { ownRows } from '../logs/log.ts';
import { measureOf } from '../logs/names.ts';
import { tooFewYet, verdictOfLog } from '../logs/verdict.ts';
import type { LogView } from '../contract/messages/logs.ts';
import { UNKNOWN } from '../stopping/known.ts';
import type { Known } from '../stopping/known.ts';
import type { Params } from '../contract/messages/messages.ts';

/**
 * Reads a log and recommends a stop.
 * @returns null where the person does not say that it is a log, and it does not look like one
 * @throws InputError naming the file, the place and the cure
 */
export async function openLog(params: Params<'log.open'>): Promise<LogView | null> {
  const { path, columns, holdout, noise = null, asked } = params;
  if (!asked && !(await isLog(path).catch(() => false))) return null;
  let log;
  try {
    log = await readLog(path, { columns });
  } catch (error) {
    // The window offers the columns to choose from.
    if (error instanceof UnknownColumns) return unread(path, error);
    throw error;
  }
  const { format, byStep, available, notes } = log;
  const rows = ownRows(log);
  const read = { path, format, byStep, rows, columns: log.columns, notes, ...choices(available) };
  return { ...read, ...judged(log, holdout, { ...UNKNOWN, noise }) };
}

/** Columns that may be chosen, with what is known of the measures among them. */
function choices(available: string[]): Pick<LogView, 'available' | 'measures'> {
  const measures = available.flatMap((name) => {
    const measure = measureOf(name);
    return measure ? [{ name, better: measure.better }] : [];
  });
  return { available, measures };
}

function unread(path: string, { phrase, format, available }: UnknownColumns): LogView {
  const nothing = { byStep: false, rows: [], columns: {}, notes: [], verdict: null };
  return { path, format, ...choices(available), ...nothing, problem: phrase };
}

function judged(log: Log, holdout: number, known: Known): Pick<LogView, 'verdict' | 'problem'> {
  try {
    const verdict = verdictOfLog(log, holdout, known);
    const problem = verdict ? null : tooFewYet(log);
    return { verdict, problem };
  } catch (error) {
    if (error instanceof InputError) return { verdict: null, problem: error.phrase };
    throw error;
  }
}
