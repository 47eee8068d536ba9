/** An audit and its review as one HTML file that needs nothing else. */
import { inWords } from '../contract/words/phrase.ts';
import { textsIn } from '../contract/words/texts.ts';
import type { Language, Translate } from '../contract/words/texts.ts';
import { chance, percent, wholePercent, withSeparators } from '../contract/words/numbers.ts';
import { testPart } from '../data/index.ts';
import { escapeWords } from '../report/escape.ts';
import { MATRIX_CLASSES } from '../report/noise.ts';
import { factList, heading, isolated, reportPage, sharesTable } from '../report/page.ts';
import { shadesOf } from '../training/features.ts';
import type { RunAudit } from './audit-run.ts';
import { DECISION_WORDS, decisionWord, reviewed } from './decided.ts';
import type { DecidedLabels, DecisionWord } from './decided.ts';
import { matrixRows, notesOfAudit } from './notes.ts';
import { isPicture, pngOf, valuesAt } from './pixels.ts';
import type { AuditRow } from './table.ts';

/** Suspects that are listed: what a person looks through, and a file that a mail takes. */
const SUSPECTS = 200;
/** Pairs of classes that are listed where the matrix is too large to be read. */
const PAIRS = 30;

/** The whole document. */
export function auditHtml(labels: DecidedLabels, language: Language): string {
  const t = textsIn(language);
  const { audit, name } = labels;
  return reportPage(name, language, [
    `<h1>${isolated(name)}</h1><p class="sub">${escapeWords(t('audit.page.title'))}</p>`,
    rateSection(audit, t),
    matrixSection(audit, t),
    reviewSection(labels, t),
    suspectsSection(labels, t),
  ]);
}

function rateSection(audit: RunAudit, t: Translate): string {
  const { rows, found, method } = audit;
  const { estimate, low, high } = found.noiseRate;
  const [share, least, most] = [estimate, low, high].map(wholePercent) as [string, string, string];
  const flagged = withSeparators(rows.filter((row) => row.flagged).length);
  const samples = withSeparators(rows.length);
  const told = [
    t(`audit.page.methods.${method}`),
    ...notesOfAudit(audit).map((one) => inWords(one, t)),
  ];
  return (
    `<div class="verdict"><p>${escapeWords(t('cli.audit.rate', { share, low: least, high: most }))}</p>` +
    `<p class="sub">${escapeWords(t('cli.audit.flagged', { flagged, samples }))}</p></div>` +
    `<ul>${told.map((one) => `<li>${escapeWords(one)}</li>`).join('')}</ul>`
  );
}

function matrixSection(audit: RunAudit, t: Translate): string {
  const { classes } = audit;
  const shares = matrixRows(audit);
  const title = t('audit.page.matrix');
  if (classes.length <= MATRIX_CLASSES) {
    const about = `<p class="sub">${escapeWords(t('lab.noise.rowsTrue'))}</p>`;
    return `${heading(title)}${about}<div class="matrices scroll">${sharesTable('', shares, classes)}</div>`;
  }
  const pairs = shares
    .flatMap((row, likely) => row.map((share, given) => ({ share, likely, given })))
    .filter(({ likely, given }) => likely !== given)
    .sort((a, b) => b.share - a.share)
    .slice(0, PAIRS);
  const columns = [t('audit.page.trueClass'), t('audit.page.given'), t('audit.page.share')];
  const cells = pairs.map(({ share, likely, given }) => [
    ...[isolated(classes[likely]!), isolated(classes[given]!), percent(share)],
  ]);
  return heading(title) + tableOf(columns, cells);
}

/** What people decided; nothing where nobody did. */
function reviewSection(labels: DecidedLabels, t: Translate): string {
  const { audit, decisionsOf } = labels;
  const counts = new Map<string, number>();
  const reviewers = new Set<string>();
  let looked = 0;
  for (const row of audit.rows) {
    const made = decisionsOf(row);
    if (made.length === 0) continue;
    looked++;
    made.forEach(({ reviewer }) => reviewers.add(reviewer));
    const decision = reviewed(row, labels);
    const word = decision ? decisionWord(row, decision) : 'disputed';
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  if (looked === 0) return '';
  const words = [...DECISION_WORDS, 'disputed'] as const;
  return (
    heading(t('audit.page.review')) +
    factList([
      [t('audit.page.looked'), withSeparators(looked)],
      ...words.map((word): [string, string] => [
        t(`audit.decisions.${word}`),
        withSeparators(counts.get(word) ?? 0),
      ]),
      [t('audit.page.reviewers'), [...reviewers].join(', ')],
    ])
  );
}

function suspectsSection(labels: DecidedLabels, t: Translate): string {
  const { rows, classes } = labels.audit;
  const flagged = rows.filter((row) => row.flagged);
  if (flagged.length === 0) return '';
  const worst = flagged.toSorted((a, b) => b.probability - a.probability).slice(0, SUSPECTS);
  const pictureOf = picturesOf(labels.audit);
  const isReviewed = worst.some((row) => labels.decisionsOf(row).length > 0);
  const columns = [
    ...(pictureOf ? [t('audit.page.picture')] : []),
    ...[t('audit.page.sample'), t('audit.page.part'), t('audit.page.given')],
    ...[t('audit.page.wrong'), t('audit.page.suggested')],
    ...(isReviewed ? [t('audit.page.decision')] : []),
  ];
  const wordOf = (word: DecisionWord) => escapeWords(t(`audit.decisions.${word}`));
  const cells = worst.map((row) => {
    const decision = reviewed(row, labels);
    return [
      ...(pictureOf ? [pictureOf(row)] : []),
      ...[isolated(row.id), escapeWords(t(`cli.part.${row.part}`)), isolated(classes[row.given]!)],
      ...[chance(row.probability), isolated(classes[row.suggested]!)],
      ...(isReviewed ? [decision ? wordOf(decisionWord(row, decision)) : ''] : []),
    ];
  });
  const counted = { count: worst.length, n: worst.length, all: withSeparators(flagged.length) };
  return (
    `${heading(t('audit.page.suspects'))}<p class="sub">${escapeWords(t('audit.page.shown', counted))}</p>` +
    `<div class="suspects">${tableOf(columns, cells)}</div>`
  );
}

/** How a sample's picture stands in the page; null where the data are not at hand, or are no pictures. */
function picturesOf({ prepared }: RunAudit): ((row: AuditRow) => string) | null {
  if (!prepared || !isPicture(prepared.dataset.shape)) return null;
  const { dataset, split, scaling } = prepared;
  return ({ part, index }) => {
    const samples = part === 'test' ? testPart(dataset) : dataset.train;
    const values = valuesAt(samples, dataset.shape, split[part][index]!);
    const png = Buffer.from(pngOf(shadesOf(values, scaling), dataset.shape)).toString('base64');
    return `<img alt="" src="data:image/png;base64,${png}">`;
  };
}

/** @param cells as HTML */
function tableOf(columns: readonly string[], cells: readonly (readonly string[])[]): string {
  const head = columns.map((title) => `<th scope="col">${escapeWords(title)}</th>`).join('');
  const body = cells.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}
