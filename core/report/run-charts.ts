/** A run's charts in its report: those of the window, as SVG, which needs no script and prints sharply. */
import { accuracyChart, accuracyNotes } from '../contract/drawing/epochs/accuracy.ts';
import { distanceChart, hasDistance } from '../contract/drawing/epochs/distance.ts';
import { outcomesChart } from '../contract/drawing/epochs/outcomes.ts';
import { phrase } from '../contract/drawing/parts.ts';
import { panelSvg } from '../contract/drawing/panel.ts';
import type { ChartSpec } from '../contract/messages/charts.ts';
import type { RunView } from '../contract/messages/records.ts';
import { inWords } from '../contract/words/phrase.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import type { Translate } from '../contract/words/texts.ts';
import { escapeWords } from './escape.ts';
import { REPORT_PALETTE } from './palette.ts';

const WIDTH = 760;
const HEIGHT = 320;
/** The words `100%`: an epoch stands at the same place in all charts. */
const TICK_ROOM = 36;
/** The longest names at lines' ends, with a value. */
const LABEL_ROOM = 152;
/** The height of a label at a line's end, of which a network of many layers has many. */
const LABEL_HEIGHT = 16;

/** Accuracy, outcomes and distance by epoch, as far as they are known; nothing before there are two epochs. */
export function runCharts({ row, verdict, epochs }: RunView, t: Translate): string {
  const last = epochs.at(-1);
  if (!last || epochs.length < 2) return '';
  const course = { epochs, verdict, lastEpoch: last.record.epoch };
  const ended = row.status !== 'running' && row.status !== 'paused';
  const accuracy = accuracyChart(course, 'epoch', ended);
  // The outcomes of every epoch, or a picture of some would pass for all.
  const isKnown = epochs.every(({ outcomes }) => outcomes !== null);
  return [
    figure(accuracy, accuracyNotes(accuracy, epochs), t),
    isKnown ? figure(outcomesChart(course), [phrase('lab.outcomes.caption')], t) : '',
    hasDistance(epochs) ? figure(distanceChart(course), [phrase('lab.distance.caption')], t) : '',
  ].join('');
}

/** A chart with its title and what is to be known of it. */
function figure(spec: ChartSpec, notes: readonly Phrase[], t: Translate): string {
  const [title, note] = [inWords(spec.title, t), notes.map((one) => inWords(one, t)).join(' · ')];
  const drawn = panelSvg({ ...spec, labelRoom: LABEL_ROOM }, t, {
    palette: REPORT_PALETTE,
    width: WIDTH,
    tickRoom: TICK_ROOM,
    height: Math.max(HEIGHT, (spec.series.length + 5) * LABEL_HEIGHT),
  });
  const caption = `${escapeWords(title)} <span>${escapeWords(note)}</span>`;
  return `<figure><figcaption>${caption}</figcaption>${drawn}</figure>`;
}
