/** Shapes in which a document holds a log: lists a column, rows, parts with lists, one level down. */
import { fit, isCalled, isForbidden, measureOf, partOf } from './names.ts';
import { inPart } from './shape.ts';

/** A row of a log: values by name. */
export type Row = Record<string, unknown>;

/** Rows that were found in a document, and who wrote them, where that is known. */
export interface FoundLog {
  rows: Row[];
  /** Null where the columns tell it. */
  format: string | null;
  /** Whether it is a list a column, as Keras keeps its history. */
  isLists?: boolean;
  /** Whether epoch 0 is before training, where the format tells. */
  zeroIsBefore?: boolean;
}

/** How deep a log may lie: in `{"results": {"history": {...}}}` it is two. */
const DEEPEST = 3;

export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The log in a document; null where there is none. */
export function logIn(document: unknown, depth = 0): FoundLog | null {
  for (const shape of SHAPES) {
    const found = shape(document);
    if (found && found.rows.length > 0) return found;
  }
  if (depth >= DEEPEST || !isRow(document)) return null;
  const below = Object.values(document).filter((value) => typeof value === 'object');
  for (const value of below) {
    const found = logIn(value, depth + 1);
    if (found && hasMeasures(found.rows)) return found;
  }
  return null;
}

const hasMeasures = (rows: readonly Row[]): boolean =>
  rows.some((row) => Object.keys(row).some(isMeasured));

const isMeasured = (name: string): boolean =>
  isCalled(name, 'accuracy') ||
  isCalled(name, 'loss') ||
  measureOf(name) !== null ||
  isForbidden(name);

type Shape = (document: unknown) => FoundLog | null;

/** Hugging Face's state of a trainer; the last entry sums up the whole training and is no epoch. */
const trainerState: Shape = (document) => {
  if (!isRow(document) || !Array.isArray(document['log_history'])) return null;
  const rows = document['log_history'].filter(isRow).filter((row) => !('train_runtime' in row));
  return { rows, format: 'Hugging Face trainer_state.json', zeroIsBefore: true };
};

/** pandas' `orient="split"` and `"table"`. */
const splitTable: Shape = (document) => {
  if (!isRow(document) || !Array.isArray(document['data'])) return null;
  const { columns, data, index } = document;
  if (Array.isArray(columns) && data.every(Array.isArray)) {
    const rows = (data as unknown[][]).map((cells, i) => ({
      ...(Array.isArray(index) ? { index: (index as unknown[])[i] } : {}),
      ...Object.fromEntries(columns.map((name, at) => [String(name), cells[at]])),
    }));
    return { rows, format: null };
  }
  const rows = data.filter(isRow);
  return 'schema' in document && rows.length > 0 ? { rows, format: null } : null;
};

/** A list of rows. */
const listOfRows: Shape = (document) => {
  if (!Array.isArray(document) || !document.some(isRow)) return null;
  return { rows: document.filter(isRow).map(flattened), format: null };
};

/** `{"loss": [2.1, 1.8], "val_loss": [2.2, 1.9]}`, and pandas' `{"loss": {"0": 2.1, "1": 1.8}}`. */
const listsByName: Shape = (document) => {
  if (!isRow(document)) return null;
  const lists = Object.entries(document).flatMap(([name, value]): [string, unknown[]][] => {
    const list = listOf(value);
    return list ? [[name, list]] : [];
  });
  if (!lists.some(([name]) => isMeasured(name))) return null;
  const index = Object.values(document).find((value) => isRow(value) && isCounted(value));
  const rows = rowsOf(lists, index ? Object.keys(index as Row) : null);
  return { rows, format: null, isLists: index === undefined };
};

/** XGBoost's and LightGBM's `evals_result`, and any log with a part of the data above its lists. */
const listsByPart: Shape = (document) => {
  if (!isRow(document)) return null;
  const parts = Object.entries(document).filter(
    (entry): entry is [string, Row] => isRow(entry[1]) && partOf(entry[0]) !== null,
  );
  const lists = parts.flatMap(([part, measures]) =>
    Object.entries(measures).flatMap(([name, value]): [string, unknown[]][] => {
      const list = listOf(value);
      return list ? [[inPart(part, name), list]] : [];
    }),
  );
  if (lists.length === 0) return null;
  const isBoosting = parts.some(([part]) => /^(validation_\d+|training|valid_\d+)$/.test(part));
  const counts = Object.entries(document).flatMap(([name, value]): [string, unknown[]][] =>
    Array.isArray(value) && isCount(name) ? [[name, value]] : [],
  );
  return {
    rows: rowsOf([...counts, ...lists], null),
    format: isBoosting ? 'XGBoost or LightGBM evals_result' : null,
  };
};

/** ClearML's `{"accuracy": {"val": {"x": [1, 2], "y": [0.5, 0.6]}}}`. */
const scalarsByTitle: Shape = (document) => {
  if (!isRow(document)) return null;
  const rows: Row[] = [];
  for (const [title, series] of Object.entries(document)) {
    if (!isRow(series)) continue;
    for (const [name, points] of Object.entries(series)) {
      if (!isRow(points) || !Array.isArray(points['x']) || !Array.isArray(points['y'])) continue;
      const ys = points['y'] as unknown[];
      const full = name === title ? name : `${title}/${name}`;
      (points['x'] as unknown[]).forEach((x, i) => rows.push({ step: x, [full]: ys[i] }));
    }
  }
  return rows.length > 0 ? { rows, format: 'ClearML scalars' } : null;
};

/** CatBoost's `catboost_training.json`: values of each iteration in the order of the metrics. */
const catboost: Shape = (document) => {
  if (!isRow(document) || !isRow(document['meta'])) return null;
  const { meta, iterations } = document;
  if (!Array.isArray(iterations)) return null;
  const sets = ['learn', 'test'].flatMap((part) => {
    const metrics = meta[`${part}_metrics`];
    const names = meta[`${part}_sets`];
    if (!Array.isArray(metrics) || !Array.isArray(names)) return [];
    const titles = metrics.filter(isRow).map((metric) => String(metric['name']));
    return names.map((set) => ({ set: String(set), part, titles }));
  });
  const rows = iterations.filter(isRow).map((iteration) => {
    const values = sets.flatMap(({ set, part, titles }) => {
      const list = iteration[set];
      const name = (title: string) => `${part === 'learn' ? part : set}/${title}`;
      return Array.isArray(list) ? titles.map((title, i) => [name(title), list[i] as unknown]) : [];
    });
    return { iteration: iteration['iteration'], ...(Object.fromEntries(values) as Row) };
  });
  return sets.length > 0 ? { rows, format: 'CatBoost training (JSON)' } : null;
};

/** Rows by epoch: `{"1": {"loss": 2.1}, "2": {...}}`, `{"epoch_1": {...}}`. */
const rowsByEpoch: Shape = (document) => {
  if (!isRow(document)) return null;
  const entries = Object.entries(document).flatMap(([key, value]): [number, Row][] => {
    const number = /^(?:epoch)?[ _-]?(\d+)$/i.exec(key);
    return number && isRow(value) ? [[Number(number[1]), value]] : [];
  });
  if (entries.length < 2) return null;
  return { rows: entries.map(([epoch, row]) => ({ epoch, ...flattened(row) })), format: null };
};

const SHAPES: readonly Shape[] = [
  trainerState,
  catboost,
  splitTable,
  rowsByEpoch,
  listsByName,
  scalarsByTitle,
  listsByPart,
  listOfRows,
];

/** A row whose parts are objects of their own: `{"epoch": 1, "val": {"acc": 0.5}}`. */
export function flattened(row: Row): Row {
  const entries = Object.entries(row).flatMap(([name, value]): [string, unknown][] => {
    if (!isRow(value)) return [[name, value]];
    if (partOf(name) === null && !/^(metrics|scores?|results?|logs?|scalars)$/i.test(name))
      return [];
    return Object.entries(value).map(([below, one]) => [
      partOf(name) === null ? below : inPart(name, below),
      one,
    ]);
  });
  return Object.fromEntries(entries);
}

const isCount = (name: string): boolean =>
  fit(name, 'epoch') !== null || fit(name, 'step') !== null;

/** Whether an object's keys count from somewhere, as pandas writes an index. */
const isCounted = (value: Row): boolean => {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key, i) => Number(key) === Number(keys[0]) + i);
};

function listOf(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value.length > 0 && !value.some(isRow) ? value : null;
  return isRow(value) && isCounted(value) && !Object.values(value).some(isRow)
    ? Object.values(value)
    : null;
}

/** @param index keys of an index that is no column */
function rowsOf(lists: readonly [string, unknown[]][], index: readonly string[] | null): Row[] {
  const length = Math.max(0, ...lists.map(([, list]) => list.length));
  return Array.from({ length }, (_, i) => ({
    ...(index ? { index: Number(index[i]) } : {}),
    ...Object.fromEntries(
      lists.filter(([, list]) => i < list.length).map(([name, list]) => [name, list[i]]),
    ),
  }));
}
