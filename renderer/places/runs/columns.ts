/** The columns of the Runs table: what they show and how they sort. */
import { labelsName } from '../../../core/contract/config/names.ts';
import type { RunRow } from '../../../core/contract/messages/records.ts';
import { catalogue } from '../../words/catalogue.ts';
import { withSeparators, percent, significant, sourceName, when } from '../../words/format.ts';
import { networkName, statusWord } from '../../words/names.ts';
import { noiseShort, noiseReads, wrongShare } from '../../words/noise.ts';
import { t } from '../../words/texts.ts';

export type ColumnKey =
  | 'name'
  | 'data'
  | 'noise'
  | 'network'
  | 'epochs'
  | 'recommended'
  | 'testAtStop'
  | 'testBest'
  | 'testLast'
  | 'distance'
  | 'when';

/** One column. Missing values sort last whichever way. */
export interface RunsColumn {
  key: ColumnKey;
  number: boolean;
  text: (row: RunRow) => string;
  sort: (row: RunRow) => string | number | null;
}

const text = (
  key: ColumnKey,
  show: (row: RunRow) => string,
  sort: RunsColumn['sort'] = show,
): RunsColumn => ({ key, number: false, text: show, sort });

const number = (
  key: ColumnKey,
  show: (row: RunRow) => string,
  sort: RunsColumn['sort'],
): RunsColumn => ({
  key,
  number: true,
  text: show,
  sort,
});

/** Stands for what is not known. */
const UNKNOWN = '–';

function epochsText({ config, recorded, lastEpoch }: RunRow): string {
  const epochs = config?.training.epochs ?? recorded?.epochs ?? lastEpoch;
  return lastEpoch === epochs ? String(epochs) : `${Math.max(0, lastEpoch)}/${epochs}`;
}

/** What is wrong with a run's labels, and where no noise was asked for, how many are, if it is known. */
function labelsText({ config, wrongShare: wrong }: RunRow): string {
  if (!config) return wrong === null ? UNKNOWN : t('runs.wrong', { share: percent(wrong) });
  if (config.noise.kind !== 'none') return noiseShort(config.noise);
  const name = labelsName(config, t, catalogue().noises);
  return wrong ? t('noise.wrongBy', { share: percent(wrong), name }) : name;
}

/** In the order of the table; the name has its own cell. Titles are the texts `runs.columns`. */
export const COLUMNS: RunsColumn[] = [
  text('name', (row) => row.name),
  text('data', ({ config, recorded }) =>
    config
      ? `${sourceName(config.data.source)} ${withSeparators(config.data.train)}`
      : sourceName(recorded?.folder ?? ''),
  ),
  text('noise', labelsText, ({ config, wrongShare: wrong }) => {
    if (!config) return wrong;
    const { noise } = config;
    return noiseReads(noise.kind, 'rate') ? noise.rate : (wrong ?? wrongShare(noise));
  }),
  text('network', ({ config, recorded }) =>
    config ? networkName(config.network.preset) : (recorded?.framework ?? UNKNOWN),
  ),
  number('epochs', epochsText, (row) => row.lastEpoch),
  number(
    'recommended',
    (row) => (row.recommended === null ? UNKNOWN : String(row.recommended)),
    (row) => row.recommended,
  ),
  number(
    'testAtStop',
    (row) => percent(row.testAtStop),
    (row) => row.testAtStop,
  ),
  number(
    'testBest',
    (row) => percent(row.testBest),
    (row) => row.testBest,
  ),
  number(
    'testLast',
    (row) => percent(row.testLast),
    (row) => row.testLast,
  ),
  number(
    'distance',
    (row) => significant(row.relativeDistance, 3),
    (row) => row.relativeDistance,
  ),
  number(
    'when',
    (row) => when(row.created),
    (row) => Date.parse(row.created),
  ),
];

/** How the table is sorted. */
export interface SortOrder {
  key: ColumnKey;
  down: boolean;
}

/** Marks around values in Hebrew texts, which nobody types. */
const ISOLATES = /[\u2066-\u2069]/g;

/** Rows that hold every word typed, sorted. */
export function arrange(rows: readonly RunRow[], filter: string, order: SortOrder): RunRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const column = COLUMNS.find((one) => one.key === order.key);
  const kept = rows.filter((row) => {
    const optimizer = row.config?.training.optimizer ?? '';
    const all = [...COLUMNS.map((one) => one.text(row)), statusWord(row), optimizer]
      .join(' ')
      .replaceAll(ISOLATES, '')
      .toLowerCase();
    return words.every((word) => all.includes(word));
  });
  return kept.toSorted((a, b) =>
    compareCells(column?.sort(a) ?? null, column?.sort(b) ?? null, order.down),
  );
}

/** How two cells of a column sort; null is last whichever way. */
export function compareCells(
  a: string | number | null,
  b: string | number | null,
  down: boolean,
): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const difference =
    typeof a === 'string' || typeof b === 'string'
      ? String(a).localeCompare(String(b), 'en', { numeric: true, sensitivity: 'base' })
      : a - b;
  return down ? -difference : difference;
}
