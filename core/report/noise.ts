/** What the noise did to the training labels, beside what was asked of it. */
import type { RunView } from '../contract/messages/records.ts';
import type { Translate } from '../contract/words/texts.ts';
import { percent } from '../contract/words/numbers.ts';
import { plain } from '../contract/words/plain.ts';
import type { ReportPart, ReportTable } from './document.ts';

/** With more classes than this a matrix is no longer read cell by cell. */
export const MATRIX_CLASSES = 20;

/** Rates, and for up to 20 classes both matrices; nothing where the run does not tell. */
export function noiseParts({ noise, classes, wrongLabels }: RunView, t: Translate): ReportPart[] {
  if (!noise) return [];
  const { wrong, total, realizedRate, askedRate, asked, matrix } = noise;
  const words = t(wrongLabels === null ? 'report.noise.changed' : 'report.noise.wrong', {
    n: wrong.toLocaleString('en'),
    total: total.toLocaleString('en'),
    share: percent(realizedRate),
    asked: percent(askedRate),
  });
  const realized = matrix.map((row) => {
    const sum = row.reduce((a, b) => a + b, 0);
    return row.map((count) => count / Math.max(1, sum));
  });
  const names = classes.map(plain);
  if (names.length > MATRIX_CLASSES) {
    return [{ kind: 'words', words }, ratesTable(realized, asked, names, t)];
  }
  const rows = t(wrongLabels === null ? 'lab.noise.rowsOnDisk' : 'lab.noise.rowsTrue');
  const matrices = [
    ...(asked ? [{ title: t('report.noise.askedShares'), shares: asked }] : []),
    { title: t('report.noise.realizedShares'), shares: realized },
  ];
  return [
    { kind: 'words', words },
    { kind: 'words', words: rows, tone: 'soft' },
    { kind: 'shares', classes: names, matrices },
  ];
}

/** The share of changed labels of each class. */
function ratesTable(
  shares: number[][],
  asked: number[][] | null,
  names: readonly string[],
  t: Translate,
): ReportTable {
  return {
    kind: 'table',
    head: [t('report.noise.class'), t('report.noise.asked'), t('report.noise.realized')],
    rows: names.map((name, label) => [
      name,
      asked ? percent(1 - asked[label]![label]!) : '–',
      percent(1 - shares[label]![label]!),
    ]),
  };
}
