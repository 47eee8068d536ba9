/** Names of lines beside their ends. */
import type { ChartSpec, Series } from '../messages/charts.ts';
import { labelledEnds } from './labels.ts';
import type { LineEnd } from './labels.ts';
import { inkOf } from './palette.ts';
import { placesOf } from './places.ts';
import type { Laid } from './places.ts';
import { cutToRoom, label, phraseText, widthOf } from './style.ts';
import type { Style } from './style.ts';

/** Between a line's end and its name, in pixels. */
const APART = 8;
/** Bold letters are so much wider. */
const BOLD = 1.08;

/** Whether a series' name is written in bold: that of a minor line is not. */
export const isBold = ({ quiet }: Series, { stacked }: ChartSpec): boolean => !quiet || !!stacked;

const widthOfEnd = (series: Series, panel: ChartSpec, style: Style): number =>
  widthOf(phraseText(series.endLabel!, style), style.size) * (isBold(series, panel) ? BOLD : 1);

/** The room that the labels take at the right: no more than a third of the width. */
export function endRoom(panel: ChartSpec, style: Style, width: number): number {
  const labelled = panel.series.filter(({ endLabel }) => endLabel);
  if (labelled.length === 0) return 0;
  const widest = Math.max(...labelled.map((series) => widthOfEnd(series, panel, style)));
  return Math.min(width / 3, Math.max(panel.labelRoom ?? 0, widest + APART));
}

/** The ends that are labelled. In a stack, each stands in the middle of its band. */
export function endsIn(laid: Laid): (LineEnd & { height: number })[] {
  const { panel, plot, style } = laid;
  const ends = panel.series.flatMap((series): LineEnd[] => {
    const last = placesOf(laid, series).findLast((place) => place !== null);
    if (!last) return [];
    return [{ series, x: last.left, y: panel.stacked ? (last.top + last.foot) / 2 : last.top }];
  });
  const room = { top: plot.top + 4, bottom: plot.bottom - 4 };
  return labelledEnds(ends, style.size * 1.3, room);
}

/** Where the labels begin; the end of the plot where there are none. */
export const clearUntil = ({ plot }: Laid, ends: readonly LineEnd[]): number =>
  Math.min(plot.right, ...ends.map(({ x }) => x));

/** Each line's label, in its colour. @param right where the drawing ends */
export function drawEnds(laid: Laid, ends: ReturnType<typeof endsIn>, right: number): string {
  const { panel, plot, style } = laid;
  return ends
    .map(({ series, x, height }) => {
      const left = Math.min(x, plot.right) + APART;
      const bold = isBold(series, panel);
      const room = (right - left) / (bold ? BOLD : 1);
      const text = cutToRoom(phraseText(series.endLabel!, style), style.size, room);
      const look = { fill: inkOf(series.ink, style.palette).text };
      return label(text, left, height + style.size * 0.35, 'left', style, {
        ...look,
        'font-weight': bold ? 600 : undefined,
      });
    })
    .join('');
}
