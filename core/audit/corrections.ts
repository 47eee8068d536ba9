/** What was decided about labels as a file of corrections, which a run is trained on. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Decision } from '../contract/messages/labels.ts';
import { InputError } from '../contract/words/errors.ts';
import { csvOf } from '../csv/write.ts';
import type { Dataset } from '../data/index.ts';
import { splitDataset } from '../data/split.ts';
import { writeWhole } from '../disk/write.ts';
import { LEFT_OUT, readCorrections } from '../training/corrections.ts';
import type { Prepared } from '../training/prepare.ts';
import type { DecidedLabels } from './decided.ts';
import type { AuditRow } from './table.ts';

/** Significant digits of a share: more than are known. */
const DIGITS = 6;

/** What becomes of one sample's label. */
interface Correction {
  /** Its class; `LEFT_OUT` where it is left out. */
  code: number;
  /** How much of the label goes to that class; the rest stays with the given one. */
  share: number;
}

/**
 * Writes the decisions on training samples and hold-out beside the run, together with the corrections
 * that the run itself was trained on. Where people are not sure, the label is shared between the given
 * and the likely class by their chances. Each call writes a file of its own: runs name theirs.
 * @returns its path
 * @throws InputError where nothing is changed or the data are not at hand, DiskError
 */
export function writeCorrections({ run, name, audit, decisionOf }: DecidedLabels): string {
  const { prepared, classes, rows } = audit;
  if (!prepared) throw new InputError('audit.noData', { where: run });
  const { dataset, config } = prepared;
  const whole = splitDataset(dataset, config.data);
  const before = readCorrections(config.data.corrections, dataset, whole);
  const corrected = new Map<number, Correction>();
  for (const [place, code] of before.classes) {
    corrected.set(place, { code, share: before.shares.get(place) ?? 1 });
  }
  let changes = 0;
  for (const row of rows) {
    if (row.part === 'test') continue;
    const place = prepared.split[row.part][row.index]!;
    const correction = correctionOf(row, decisionOf(row), before.shares.has(place));
    if (!correction) continue;
    changes++;
    corrected.set(place, correction);
  }
  if (changes === 0) throw new InputError('review.nothing', { name });
  const named = namesOf(dataset, whole);
  const cells = [...corrected].flatMap(([place, { code, share }]) => {
    const sample = named.of(place);
    const label = code === LEFT_OUT ? '' : classes[code]!;
    return sample ? [[...sample, label, share === 1 ? '' : share]] : [];
  });
  const path = freePath(run);
  writeWhole(path, csvOf([...named.columns, 'label', 'share'], cells));
  return path;
}

/** What a decision comes to; null where the label stays. @param isSoft whether it was shared before */
function correctionOf(
  row: AuditRow,
  decision: Decision | null,
  isSoft: boolean,
): Correction | null {
  switch (decision?.choice) {
    case 'remove':
      return { code: LEFT_OUT, share: 1 };
    case 'class':
      return isSoft || decision.class !== row.given ? { code: decision.class, share: 1 } : null;
    case 'unsure': {
      if (row.suggested === row.given) return null;
      const rest = 1 - row.probability;
      const share = row.suggestedProbability / (row.suggestedProbability + rest);
      return { code: row.suggested, share: Number(share.toPrecision(DIGITS)) };
    }
    default:
      return null;
  }
}

/** What names a sample: its id, or where ids are not of one sample alone, its part and place there. */
function namesOf(
  { ids, places, train }: Dataset,
  whole: Prepared['split'],
): { columns: string[]; of: (place: number) => (string | number)[] | null } {
  if (!ids || new Set(ids).size === train.labels.length) {
    return {
      columns: ['id'],
      of: (place) => [ids?.[place] ?? places?.at[place] ?? place],
    };
  }
  const at = new Map<number, [string, number]>();
  for (const part of ['train', 'holdout'] as const) {
    whole[part].forEach((place, index) => at.set(place, [part, index]));
  }
  return { columns: ['part', 'index'], of: (place) => at.get(place) ?? null };
}

function freePath(run: string): string {
  for (let number = 1; ; number++) {
    const path = join(run, `corrections-${number}.csv`);
    if (!existsSync(path)) return path;
  }
}
