/** What was decided about labels as a file of corrections, which a run is trained on. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../contract/words/errors.ts';
import { csvOf } from '../csv/write.ts';
import type { Dataset } from '../data/index.ts';
import { splitDataset } from '../data/split.ts';
import { writeWhole } from '../disk/write.ts';
import { LEFT_OUT, readCorrections } from '../training/corrections.ts';
import type { Prepared } from '../training/prepare.ts';
import type { DecidedLabels } from './decided.ts';
import { isChange } from './opened.ts';

/**
 * Writes the decisions on training samples and hold-out beside the run, together with the corrections
 * that the run itself was trained on. Each call writes a file of its own: runs name theirs.
 * @returns its path
 * @throws InputError where nothing is changed or the data are not at hand, DiskError
 */
export function writeCorrections({ run, name, audit, decisionOf }: DecidedLabels): string {
  const { prepared, classes, rows } = audit;
  if (!prepared) throw new InputError('audit.noData', { where: run });
  const { dataset, config } = prepared;
  const whole = splitDataset(dataset, config.data);
  const corrected = new Map(readCorrections(config.data.corrections, dataset, whole).classes);
  let changes = 0;
  for (const row of rows) {
    const decision = decisionOf(row);
    if (row.part === 'test' || !isChange(decision, row)) continue;
    changes++;
    const place = prepared.split[row.part][row.index]!;
    corrected.set(place, decision?.choice === 'class' ? decision.class : LEFT_OUT);
  }
  if (changes === 0) throw new InputError('review.nothing', { name });
  const named = namesOf(dataset, whole);
  const cells = [...corrected].flatMap(([place, code]) => {
    const name = named.of(place);
    return name ? [[...name, code === LEFT_OUT ? '' : classes[code]!]] : [];
  });
  const path = freePath(run);
  writeWhole(path, csvOf([...named.columns, 'label'], cells));
  return path;
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
