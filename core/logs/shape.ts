/** Tables that say in a column whose a row is (`split`, `mode`), or what it measures (`metric`, `value`). */
import { fit, isIndexName, partOf } from './names.ts';

const PART =
  /^(split|phase|mode|subset|stage|set|partition|part|data|data_?set|fold|kind|type|name)$/i;
const METRIC = /^(metric|metric_?name|metrics|measure|key|tag|variable|name|quantity|series)$/i;
const VALUE = /^(value|metric_?value|val|score|y)$/i;

/** Which columns say what the others are; null where none does. */
export interface RowShape {
  part: string | null;
  metric: string | null;
  value: string | null;
}

/** The shape of a table, by the names of its columns. */
export function rowShapeOf(names: readonly string[]): RowShape {
  const value = names.find((name) => VALUE.test(name)) ?? null;
  const metric = value === null ? null : (names.find((name) => METRIC.test(name)) ?? null);
  const part = names.find((name) => PART.test(name) && name !== metric) ?? null;
  return metric === null ? { part, metric, value: null } : { part, metric, value };
}

/** Names and values of a row, with the part that it is of before the names. */
export function shaped(
  shape: RowShape,
  entries: readonly [string, unknown][],
): [string, unknown][] {
  const { part, metric, value } = shape;
  if (part === null && metric === null) return [...entries];
  const cellOf = (name: string | null) => entries.find(([one]) => one === name)?.[1];
  const partCell = cellOf(part);
  const whose = typeof partCell === 'string' && partOf(partCell) !== null ? partCell.trim() : null;
  const metricCell = cellOf(metric);
  return entries.flatMap(([name, cell]): [string, unknown][] => {
    if (name === metric || (name === part && whose !== null)) return [];
    const told = name === value && typeof metricCell === 'string' ? metricCell.trim() : name;
    return [[whose === null || isCount(told) ? told : inPart(whose, told), cell]];
  });
}

const isCount = (name: string): boolean =>
  fit(name, 'epoch') !== null || fit(name, 'step') !== null || isIndexName(name);

/** `val/accuracy`, unless the name tells a part already. */
export const inPart = (part: string, name: string): string =>
  partOf(name) === null ? `${part}/${name}` : name;
