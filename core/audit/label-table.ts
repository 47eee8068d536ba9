/** The table of an audit with its review, as files have it: a row a sample. */
import { decidedClass, decisionWord, reviewed } from './decided.ts';
import type { DecidedLabels } from './decided.ts';
import type { AuditRow } from './table.ts';

/** A cell; null for nothing. */
type TableCell = string | number | boolean | null;

/** One of its columns. */
export interface TableColumn {
  name: string;
  type: 'STRING' | 'INT32' | 'DOUBLE' | 'BOOLEAN';
  of: (row: AuditRow) => TableCell;
}

/**
 * Its columns in their order. Classes are told by their names; `label` is the class after all decisions,
 * empty where the sample is removed, and `decision` is empty where no person decided or reviewers differ.
 */
export function tableColumns(labels: DecidedLabels): TableColumn[] {
  const { classes } = labels.audit;
  const column = (name: string, type: TableColumn['type'], of: TableColumn['of']) => ({
    ...{ name, type, of },
  });
  return [
    column('part', 'STRING', ({ part }) => part),
    column('index', 'INT32', ({ index }) => index),
    column('id', 'STRING', ({ id }) => id),
    column('given', 'STRING', ({ given }) => classes[given]!),
    column('probability', 'DOUBLE', ({ probability }) => probability),
    column('suggested', 'STRING', ({ suggested }) => classes[suggested]!),
    column('suggestedProbability', 'DOUBLE', (row) => row.suggestedProbability),
    column('flagged', 'BOOLEAN', ({ flagged }) => flagged),
    column('label', 'STRING', (row) => {
      const label = decidedClass(row, labels);
      return label === null ? null : classes[label]!;
    }),
    column('decision', 'STRING', (row) => {
      const decision = reviewed(row, labels);
      return decision && decisionWord(row, decision);
    }),
    column('disagreeing', 'BOOLEAN', ({ disagreeing }) => disagreeing),
    column('outlier', 'BOOLEAN', ({ outlier }) => outlier),
  ];
}
