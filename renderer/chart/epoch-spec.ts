/** What the specs of all epoch charts share. */
import type { EpochView, Verdict } from '../../core/contract/messages/records.ts';
import type { Palette } from './palette.ts';
import type { Axis, StopMark } from './spec.ts';
import { t } from '../words/texts.ts';

/** What a spec is made from. */
export interface Material {
  epochs: readonly EpochView[];
  verdict: Verdict | null;
  palette: Palette;
  /** The right end of the epoch axis: planned while training, so that nothing jumps. */
  lastEpoch: number;
}

/** The epoch axis. */
export function epochAxis(lastEpoch: number): Axis {
  return { title: t('chart.epoch'), min: 0, max: Math.max(1, lastEpoch), format: String, ticks: 9 };
}

/** An axis of shares, 0 to 1, written in percent. */
export function shareAxis(title: string): Axis {
  return { title, min: 0, max: 1, format: (value) => `${Math.round(value * 100)}%`, step: 0.25 };
}

/** The stop line and its range, moved to another x axis by `toX`. */
export function stopMark(
  { verdict, epochs, palette }: Material,
  label: (verdict: Verdict) => string,
  side: StopMark['side'],
  toX: (view: EpochView) => number = (view) => view.record.epoch,
): StopMark | null {
  if (!verdict) return null;
  const at = (epoch: number): number | null => {
    const view = epochs.find((one) => one.record.epoch === epoch);
    return view ? toX(view) : null;
  };
  const x = at(verdict.epoch);
  if (x === null) return null;
  return {
    at: x,
    // Where nothing overfits, the range is everything and would say nothing.
    low: verdict.phase === 'flat' ? x : (at(verdict.low) ?? x),
    high: verdict.phase === 'flat' ? x : (at(verdict.high) ?? x),
    label: label(verdict),
    side,
    ink: palette.stop,
  };
}
