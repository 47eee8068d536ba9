/** Files of reviews: what people decided about the labels of a run, to be joined with what others did. */
import { InputError } from '../contract/words/errors.ts';
import type { AuditedPart, Decision } from '../contract/messages/labels.ts';
import { csvRowsIn } from '../csv/file.ts';
import type { RunAudit } from './audit-run.ts';
import { DECISION_WORDS } from './decided.ts';
import type { DecisionWord } from './decided.ts';
import type { AuditRow } from './table.ts';

/** Its columns: a row for each sample and reviewer. */
export const REVIEW_COLUMNS = [
  'part',
  'index',
  'id',
  'given',
  'decision',
  'label',
  'reviewer',
] as const;

/** The longest name of a reviewer. */
const MOST_NAME = 60;

/** What one person decided about one sample. */
export interface ReviewLine {
  reviewer: string;
  part: AuditedPart;
  index: number;
  decision: Decision;
}

/** One row of a file, by column. */
type Cells = Record<(typeof REVIEW_COLUMNS)[number], string>;

/**
 * Reads the review of a run's labels.
 * @throws InputError where it cannot be read, a sample or label is not of this run, or somebody decides
 * twice about one sample
 */
export function readReview(path: string, audit: Pick<RunAudit, 'rows' | 'classes'>): ReviewLine[] {
  const [head, ...lines] = csvRowsIn(path);
  const columns = head?.cells ?? [];
  if (!REVIEW_COLUMNS.every((name) => columns.includes(name))) {
    throw new InputError('reviewFile.columns', {
      where: path,
      columns,
      needed: [...REVIEW_COLUMNS],
    });
  }
  const rows = new Map(audit.rows.map((row) => [`${row.part} ${row.index}`, row]));
  const numbers = new Map(audit.classes.map((name, i) => [name, i]));
  const seen = new Set<string>();
  return lines.map(({ cells, line }) => {
    const told = Object.fromEntries(columns.map((name, i) => [name, cells[i] ?? ''])) as Cells;
    const where = { where: path, row: line };
    const row = rows.get(`${told.part} ${told.index}`);
    if (!row) {
      throw new InputError('reviewFile.sample', { ...where, sample: `${told.part} ${told.index}` });
    }
    checkSame(row, told, audit.classes, where);
    const { reviewer } = told;
    if (reviewer === '' || reviewer.length > MOST_NAME) {
      throw new InputError('reviewFile.reviewer', { ...where, most: MOST_NAME });
    }
    const key = JSON.stringify([reviewer, told.part, told.index]);
    if (seen.has(key)) throw new InputError('reviewFile.twice', { ...where, reviewer, id: row.id });
    seen.add(key);
    const { part, index } = row;
    return { reviewer, part, index, decision: decisionIn(told, numbers, audit.classes, where) };
  });
}

type Where = { where: string; row: number };

/** Whether it is this very sample, as it was labelled then. @throws InputError where it is not */
function checkSame(row: AuditRow, told: Cells, classes: readonly string[], where: Where): void {
  const given = classes[row.given]!;
  if (told.id === row.id.trim() && told.given === given.trim()) return;
  throw new InputError('reviewFile.other', {
    ...where,
    id: told.id,
    given: told.given,
    here: row.id,
  });
}

function decisionIn(
  told: Cells,
  numbers: ReadonlyMap<string, number>,
  classes: readonly string[],
  where: Where,
): Decision {
  const { label } = told;
  const word = DECISION_WORDS.find((known) => known === told.decision.toLowerCase());
  if (!word) {
    const words = [...DECISION_WORDS];
    throw new InputError('reviewFile.decision', { ...where, decision: told.decision, words });
  }
  const plain = WITHOUT_CLASS[word];
  if (plain) return plain;
  const code = numbers.get(label);
  if (code !== undefined) return { choice: 'class', class: code };
  throw new InputError('reviewFile.label', { ...where, label, classes: [...classes] });
}

const WITHOUT_CLASS: Partial<Record<DecisionWord, Decision>> = {
  removed: { choice: 'remove' },
  unsure: { choice: 'unsure' },
};
