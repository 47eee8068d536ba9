/** A report's chart as SVG, which needs no script and prints sharply. */
import type { Palette } from '../contract/drawing/palette.ts';
import { panelSvg } from '../contract/drawing/panel.ts';
import type { FigurePanel } from '../contract/messages/figures.ts';
import type { Translate } from '../contract/words/texts.ts';

const WIDTH = 760;
const HEIGHT = 320;
/** The words `100%`: an epoch stands at the same place in all charts. */
const TICK_ROOM = 36;
/** The longest names at lines' ends, with a value. */
const LABEL_ROOM = 152;
/** The height of a label at a line's end, of which a network of many layers has many. */
const LABEL_HEIGHT = 16;

/** The drawing. @param font the page's where it is not given */
export function chartSvg(spec: FigurePanel, t: Translate, palette: Palette, font?: string): string {
  const isChart = spec.kind === 'chart';
  const lines = isChart ? spec.series.length : 0;
  return panelSvg(isChart ? { ...spec, labelRoom: LABEL_ROOM } : spec, t, {
    palette,
    width: WIDTH,
    tickRoom: TICK_ROOM,
    height: Math.max(HEIGHT, (lines + 5) * LABEL_HEIGHT),
    ...(font === undefined ? {} : { font }),
  });
}
