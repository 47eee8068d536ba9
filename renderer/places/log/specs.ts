/** A log's chart beside its numbers: its legend and its table. */
import { logDash, unitOf } from '../../../core/contract/drawing/log.ts';
import type { LogLine, LogPicture } from '../../../core/contract/drawing/log.ts';
import type { Dash } from '../../../core/contract/messages/charts.ts';
import type { LogView } from '../../../core/contract/messages/logs.ts';
import { shownEpoch } from '../../../core/contract/words/numbers.ts';
import type { TableData } from '../../chart/spec.ts';
import { t } from '../../words/texts.ts';

/** The legend: each line with its value in a row. */
export function logLegend(
  row: LogView['rows'][number] | undefined,
  { lines, write }: LogPicture,
): { name: string; ink: LogLine['ink']; dash: Dash; value: string }[] {
  return lines.map(({ signal, name, ink }) => {
    const value = row?.[signal] ?? null;
    const written = value === null ? '' : write(value);
    return { name: t(name), ink, dash: logDash(ink), value: written };
  });
}

/** A chart's numbers as a table. */
export function logTable(view: LogView, { lines, write }: LogPicture): TableData {
  return {
    columns: [t(`chart.${unitOf(view)}`), ...lines.map(({ name }) => t(name))],
    rows: view.rows.map((row) => [
      shownEpoch(row.at),
      ...lines.map(({ signal }) => {
        const value = row[signal];
        return value === null ? '–' : write(value);
      }),
    ]),
  };
}
