/** What the charts of a run's epochs share: their axes and the mark of the stop. */
import type { Axis, StopMark } from '../../messages/charts.ts';
import type { EpochView, Verdict } from '../../messages/records.ts';
import type { Phrase } from '../../words/phrase.ts';
import { numbers, phrase, shares } from '../parts.ts';

/** What the charts of a run are made from. */
export interface Course {
  epochs: readonly EpochView[];
  verdict: Verdict | null;
  /** The right end of the epoch axis: planned while training, so that nothing jumps. */
  lastEpoch: number;
}

/** The room for labels at lines' ends, the same in all, so that an epoch stands at the same place in each. */
export const LABEL_ROOM = 120;

/** The epoch axis. */
export function epochAxis(lastEpoch: number): Axis {
  const ends = { min: 0, max: Math.max(1, lastEpoch) };
  return numbers(phrase('chart.epoch'), { ...ends, format: 'whole', ticks: 9 });
}

/** An axis of shares, 0 to 1, with ticks at the quarters. */
export function shareAxis(title: Phrase): Axis {
  return { ...shares(title), step: 0.25 };
}

/**
 * The stop and its range, at their places on the x axis; nothing where there is no verdict, or none on
 * these epochs.
 * @param toX from an epoch to the x axis
 */
export function stopMark(
  { verdict, epochs }: Pick<Course, 'verdict' | 'epochs'>,
  label: Phrase | null,
  side: StopMark['side'],
  toX: (view: EpochView) => number = ({ record }) => record.epoch,
): StopMark | undefined {
  if (!verdict) return undefined;
  const at = (epoch: number): number | undefined => {
    const view = epochs.find((one) => one.record.epoch === epoch);
    return view && toX(view);
  };
  const x = at(verdict.epoch);
  if (x === undefined) return undefined;
  const ends = { low: at(verdict.low) ?? x, high: at(verdict.high) ?? x };
  return { at: x, ...stopRange(verdict.phase, x, ends), label, side };
}

/** The range to shade: where nothing overfits, it is everything and would say nothing. */
export function stopRange(
  phase: Verdict['phase'],
  at: number,
  { low, high }: { low: number; high: number },
): { low: number; high: number } {
  return phase === 'flat' ? { low: at, high: at } : { low, high };
}
