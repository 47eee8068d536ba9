/** The columns of a sweep's table: what they show and how they sort. */
import type { RunStatus } from '../../../core/contract/messages/records.ts';
import type { SweepRow, SweepView } from '../../../core/contract/messages/sweeps.ts';
import { percent } from '../../words/format.ts';
import { statusWord } from '../../words/names.ts';
import { t } from '../../words/texts.ts';
import { compareCells } from './columns.ts';

/** One column. Missing values sort last whichever way. */
export interface SweepColumn {
  key: string;
  title: string;
  /** What the title means, where that needs more words. */
  hint?: string;
  /** A field of the config, which is written from left to right in every language. */
  field?: boolean;
  number: boolean;
  text: (row: SweepRow) => string;
  sort: (row: SweepRow) => string | number | null;
}

/** How a sweep's table is sorted; in the order of the plan where it is null. */
export type SweepOrder = { key: string; down: boolean } | null;

const SHARES = ['testAtStop', 'testBest', 'testLast'] as const;

/** In the order of the table; the first is the run's name. */
export function sweepColumns({ fields }: SweepView): SweepColumn[] {
  return [
    {
      ...{ key: 'folder', title: t('runs.sweep.run'), number: false },
      text: (row) => row.folder,
      sort: (row) => row.folder,
    },
    ...fields.map((field, i): SweepColumn => {
      const text = (row: SweepRow): string => row.values[i] ?? '';
      return {
        ...{ key: `settings.${field}`, title: field, field: true, number: true, text },
        sort: (row) => valueOf(text(row)),
      };
    }),
    {
      ...{ key: 'status', title: t('runs.sweep.status'), number: false },
      text: sweepStatus,
      sort: sweepStatus,
    },
    {
      ...{ key: 'epochs', title: t('runs.columns.epochs'), hint: t('runs.hints.epochs') },
      number: true,
      text: epochsOf,
      sort: (row) => row.epochs / row.planned,
    },
    {
      ...{ key: 'recommended', title: t('runs.columns.recommended') },
      ...{ hint: t('runs.hints.recommended'), number: true },
      text: (row) => (row.recommended === null ? '–' : String(row.recommended)),
      sort: (row) => row.recommended,
    },
    ...SHARES.map((key): SweepColumn => ({
      ...{ key, title: t(`runs.columns.${key}`), hint: t(`runs.hints.${key}`), number: true },
      text: (row) => percent(row[key]),
      sort: (row) => row[key],
    })),
  ];
}

/** Numbers sort as such. */
function valueOf(text: string): string | number | null {
  if (text === '') return null;
  return Number.isFinite(Number(text)) ? Number(text) : text;
}

const epochsOf = ({ epochs, planned }: SweepRow): string =>
  epochs === planned ? String(epochs) : `${epochs}/${planned}`;

/** Whether there is anything of a run yet. */
export function hasBegun(row: SweepRow): row is SweepRow & { status: RunStatus } {
  return row.status !== 'not started';
}

/** Where a run stands, in a word or two. */
export function sweepStatus({ status, savedEpochs }: SweepRow): string {
  return status === 'not started'
    ? t('runs.sweep.notStarted')
    : statusWord({ status, savedEpochs });
}

/** The runs in that order. */
export function sortedRuns(
  view: SweepView,
  columns: readonly SweepColumn[],
  order: SweepOrder,
): readonly SweepRow[] {
  const column = order && columns.find(({ key }) => key === order.key);
  if (!order || !column) return view.runs;
  return view.runs.toSorted((a, b) => compareCells(column.sort(a), column.sort(b), order.down));
}
