/** What the noise did to the training labels, beside what was asked of it. */
import type { RunView } from '../contract/messages/records.ts';
import type { Translate } from '../contract/words/texts.ts';
import { percent } from '../contract/words/numbers.ts';
import { escape, escapeWords } from './escape.ts';

/** With more classes than this a matrix is no longer read cell by cell. */
export const MATRIX_CLASSES = 20;

/** Rates, and for up to 20 classes both matrices; nothing where the run does not tell. */
export function noiseSection({ noise, classes, wrongLabels }: RunView, t: Translate): string {
  if (!noise) return '';
  const { wrong, total, realizedRate, askedRate, asked, matrix } = noise;
  const sentence = t(wrongLabels === null ? 'report.noise.changed' : 'report.noise.wrong', {
    n: wrong.toLocaleString('en'),
    total: total.toLocaleString('en'),
    share: percent(realizedRate),
    asked: percent(askedRate),
  });
  const shares = matrix.map((row) => {
    const sum = row.reduce((a, b) => a + b, 0);
    return row.map((count) => count / Math.max(1, sum));
  });
  const isLarge = classes.length > MATRIX_CLASSES;
  const titles = {
    asked: t('report.noise.askedShares'),
    realized: t('report.noise.realizedShares'),
  };
  const tables = isLarge
    ? ratesTable(shares, asked, classes, t)
    : `<div class="matrices scroll">${asked ? sharesTable(titles.asked, asked, classes) : ''}` +
      `${sharesTable(titles.realized, shares, classes)}</div>`;
  const rows = t(wrongLabels === null ? 'lab.noise.rowsOnDisk' : 'lab.noise.rowsTrue');
  const about = isLarge ? '' : `<p class="sub">${escapeWords(rows)}</p>`;
  return (
    `<h2>${escapeWords(t('lab.noise.title'))}</h2>` +
    `<p>${escapeWords(sentence)}</p>${about}${tables}`
  );
}

/** A matrix of shares. @param shares row by row, each adding up to 1 */
export function sharesTable(
  title: string,
  shares: readonly (readonly number[])[],
  classes: readonly string[],
): string {
  const head = classes.map(
    (name) => `<th scope="col" title="${escape(name)}">${escape(name)}</th>`,
  );
  const body = shares.map((row, label) => {
    const cells = row.map((share, other) => {
      // The square root lets a few percent be seen beside the diagonal, as in the window.
      const depth = share > 0 ? Math.round(8 + 62 * Math.sqrt(share)) : 0;
      const own = label === other ? ' class="own"' : '';
      return `<td${own} style="--share:${depth}%">${share > 0 ? (100 * share).toFixed(1) : ''}</td>`;
    });
    return `<tr><th scope="row">${escape(classes[label]!)}</th>${cells.join('')}</tr>`;
  });
  return (
    `<table><caption>${escapeWords(title)}</caption><thead><tr><td></td>${head.join('')}</tr></thead>` +
    `<tbody>${body.join('')}</tbody></table>`
  );
}

/** The share of changed labels of each class. */
function ratesTable(
  shares: number[][],
  asked: number[][] | null,
  classes: readonly string[],
  t: Translate,
): string {
  const rows = classes.map((name, label) => {
    const wanted = asked ? percent(1 - asked[label]![label]!) : '–';
    const found = percent(1 - shares[label]![label]!);
    return `<tr><td>${escape(name)}</td><td>${wanted}</td><td>${found}</td></tr>`;
  });
  const titles = [t('report.noise.class'), t('report.noise.asked'), t('report.noise.realized')];
  const head = titles.map((title) => `<th scope="col">${escapeWords(title)}</th>`).join('');
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}
