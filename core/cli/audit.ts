/** `audit`: which labels of a run are likely wrong. */
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import type { AnnotatorFile } from '../audit/annotators.ts';
import { auditRun } from '../audit/audit-run.ts';
import type { RunAudit } from '../audit/audit-run.ts';
import { withSuggested } from '../audit/decided.ts';
import { LABEL_FORMATS } from '../audit/formats/index.ts';
import { keptFolds } from '../audit/kept-folds.ts';
import { matrixRows, notesOfAudit } from '../audit/notes.ts';
import { labelFormatOf, labelsOfRun, writeLabels } from '../audit/write.ts';
import { InputError } from '../contract/words/errors.ts';
import { textFor } from '../contract/words/phrase.ts';
import { chance, wholePercent } from '../contract/words/numbers.ts';
import { makeFolder } from '../disk/write.ts';
import { plain } from '../contract/words/plain.ts';
import { spoken, t, words } from '../terminal/language.ts';
import { roughTime, printNote, printResult, table } from '../terminal/output.ts';
import { Review } from '../review/review.ts';
import type { JsonOption } from './inspect.ts';
import { formatList } from './listed.ts';
import { emptyFolder, openPlace } from './places.ts';
import { collect, foldCount } from './usage.ts';
import { checkRun } from '../run-folder/check.ts';
import { verdictOf } from '../run-folder/verdict.ts';
import { thoroughSeconds } from '../audit/thorough.ts';

/** Options of `audit`. */
interface AuditOptions extends JsonOption {
  part: string;
  folds?: number;
  annotators?: string;
  annotator: string[];
  format?: string;
  out?: string;
}

/** What `--part` takes. */
const PARTS = ['trained', 'all'];
/** Suspects that are printed. */
const SHOWN = 10;
/** A matrix of more classes does not fit a terminal. */
const MOST_SHOWN = 12;

/** Gives `audit` its options and its work. */
export function defineAudit(command: Command): void {
  command
    .option('--part <part>', t('cli.options.part'), 'trained')
    .option('--folds <number>', t('cli.options.folds'), foldCount('--folds'))
    .option('--annotators <file>', t('cli.options.annotators'))
    .option('--annotator <column>', t('cli.options.annotatorColumn'), collect, [])
    .option('--format <format>', t('cli.options.auditFormat'))
    .option('--out <file>', t('cli.options.outAudit'))
    .addHelpText(
      'after',
      formatList(LABEL_FORMATS.ids, (id) => textFor(t, `audit.formats.${id}`)),
    )
    .action(auditCommand);
}

/** Audits a run. @throws InputError naming what cannot be audited and the cure */
async function auditCommand(name: string, options: AuditOptions): Promise<void> {
  const { part, folds, json = false } = options;
  if (!PARTS.includes(part)) throw new InputError('audit.noPart', { part, parts: PARTS });
  // Before the work, which may take hours: what cannot be written is not found out after it.
  const out = whereTo(options);
  const run = await openPlace(name);
  if (folds !== undefined) tellBeforehand(run, folds);
  const asked = {
    test: part === 'all',
    ...(folds === undefined ? {} : { folds }),
    annotators: annotatorFile(options),
  };
  // Nor is a damaged review.
  const review = Review.open(run);
  const audit = await auditRun(run, asked);
  for (const note of notesOfAudit(audit)) printNote(words(note));
  const labels = withSuggested(labelsOfRun(run, audit, review));
  if (out) await writeLabels(out.format, out.path, labels, spoken());
  printResult(json, answerOf(audit), () => inWords(audit, out?.path ?? null));
}

/** Labels of annotators; null where none are given. @throws InputError for columns of no file */
function annotatorFile({ annotators, annotator }: AuditOptions): AnnotatorFile | null {
  if (annotators !== undefined) return { path: resolve(annotators), columns: annotator };
  if (annotator.length > 0) throw new InputError('annotators.noFile', { columns: annotator });
  return null;
}

/** Where labels are written, and how; null for nowhere. @throws InputError where that cannot be */
function whereTo({ format, out }: AuditOptions): { format: string; path: string } | null {
  if (out === undefined) {
    if (format !== undefined) throw new InputError('audit.noOut', { format });
    return null;
  }
  const { id, extension } = format === undefined ? labelFormatOf(out) : LABEL_FORMATS.of(format);
  if (extension === null) return { format: id, path: emptyFolder(out) };
  const path = resolve(out);
  makeFolder(dirname(path));
  return { format: id, path };
}

/** How long the trainings of a thorough audit take, where they are not kept from before. */
function tellBeforehand(run: string, folds: number): void {
  const checked = checkRun(run);
  if (keptFolds(run, checked) === folds) return;
  const verdict = verdictOf(run, checked);
  const seconds = verdict ? thoroughSeconds(checked, verdict, folds) : 0;
  printNote(t('cli.audit.folds', { folds, time: roughTime(Math.max(1, seconds)) }));
}

function answerOf(audit: RunAudit): object {
  const { found, rows, method, weak, classes } = audit;
  return {
    noiseRate: found.noiseRate,
    matrix: matrixRows(audit),
    flagged: rows.filter((row) => row.flagged).length,
    ...{ method, samples: rows.length, weak, classes, accuracy: found.accuracy },
    notes: notesOfAudit(audit).map(words),
    noteCodes: notesOfAudit(audit),
  };
}

function inWords(audit: RunAudit, path: string | null): string {
  const { rows, found, classes } = audit;
  const { estimate, low, high } = found.noiseRate;
  const flagged = rows.filter((row) => row.flagged);
  const [share, least, most] = [estimate, low, high].map(wholePercent);
  return [
    t('cli.audit.rate', { share: share!, low: least!, high: most! }),
    t('cli.audit.flagged', { flagged: flagged.length, samples: rows.length }),
    ...(classes.length > MOST_SHOWN ? [] : ['', t('cli.audit.matrix'), matrixTable(audit)]),
    ...(flagged.length === 0 ? [] : ['', t('cli.audit.suspects'), suspects(audit)]),
    ...(path ? ['', t('cli.audit.written', { path: plain(path) })] : []),
  ].join('\n');
}

function matrixTable(audit: RunAudit): string {
  const { classes } = audit;
  return table(
    [t('cli.columns.trueClass'), ...classes],
    matrixRows(audit).map((row, c) => [classes[c]!, ...row.map(wholePercent)]),
  );
}

function suspects({ rows, classes }: RunAudit): string {
  const worst = rows.toSorted((a, b) => b.probability - a.probability).slice(0, SHOWN);
  const flagged = worst.filter((row) => row.flagged);
  return table(
    [
      ...[t('cli.columns.part'), t('cli.columns.sample'), t('cli.columns.given')],
      ...[t('cli.columns.wrong'), t('cli.columns.suggested'), t('cli.columns.sure')],
    ],
    flagged.map((row) => [
      ...[t(`cli.part.${row.part}`), row.id, classes[row.given]!, chance(row.probability)],
      ...[classes[row.suggested]!, chance(row.suggestedProbability)],
    ]),
  );
}
