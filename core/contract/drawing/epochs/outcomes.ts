/** What became of the wrong labels: shares of the corrupted samples, over epochs. */
import type { ChartSpec } from '../../messages/charts.ts';
import type { EpochView } from '../../messages/records.ts';
import { chart, phrase, seriesOf } from '../parts.ts';
import { epochAxis, shareAxis, stopMark } from './course.ts';
import type { Course } from './course.ts';

/** What the network makes of a corrupted sample, from the bottom of the stack up. */
export const OUTCOMES = [
  { key: 'recovered', ink: 'truth' },
  { key: 'other', ink: 'other' },
  { key: 'memorized', ink: 'given' },
] as const;
type Outcome = (typeof OUTCOMES)[number]['key'];

/** The share of corrupted samples with an outcome; NaN where that is not known. */
export function shareOf(view: EpochView | null, outcome: Outcome): number {
  const { outcomes } = view ?? { outcomes: null };
  if (!outcomes) return NaN;
  const total = outcomes.recovered + outcomes.memorized + outcomes.other;
  return total === 0 ? NaN : outcomes[outcome] / total;
}

/** The stacked areas. */
export function outcomesChart(course: Course): ChartSpec {
  const known = course.epochs.filter(({ outcomes }) => outcomes !== null);
  const series = OUTCOMES.map(({ key, ink }) => {
    const name = phrase(`chart.${key}`);
    const points = known.map((view) => ({ x: view.record.epoch, y: shareOf(view, key) }));
    return seriesOf(name, ink, points, { width: 0, fill: 0.85, quiet: true, endLabel: name });
  });
  const axes = { x: epochAxis(course.lastEpoch), y: shareAxis(phrase('lab.outcomes.axis')) };
  return chart('outcomes', phrase('lab.outcomes.title'), axes, series, {
    stacked: true,
    stop: stopMark(course, null, 'top'),
    labelRoom: 76,
  });
}
