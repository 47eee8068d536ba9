/** `export`: a trained model or corrected labels for other programs. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { auditRun } from '../audit/audit-run.ts';
import { withSuggested } from '../audit/decided.ts';
import { exportLabels, labelsOfRun } from '../audit/write.ts';
import { InputError } from '../contract/words/errors.ts';
import { textFor } from '../contract/words/phrase.ts';
import { EXPORTS, exportRun } from '../export/index.ts';
import { Review } from '../review/review.ts';
import { t } from '../terminal/language.ts';
import { printResult } from '../terminal/output.ts';
import { ARCHIVE, exportArchive } from './archive.ts';
import { formatList, formatsOf } from './listed.ts';
import { emptyFolder, openPlace } from './places.ts';
import { epochNumber, refuseOptions } from './usage.ts';

/** Options of `export`. */
interface ExportOptions {
  format: string;
  epoch?: number;
  out?: string;
  json?: boolean;
  withoutCheckpoints?: boolean;
}

/** The format that is no model. */
const LABELS = 'labels';
/** Everything that `--format` takes. */
const FORMATS: readonly string[] = [...EXPORTS.ids, LABELS, ARCHIVE];

/** Gives `export` its options and its work. */
export function defineExport(command: Command): void {
  command
    .requiredOption('--format <format>', formatsOf(FORMATS))
    .option('--epoch <number>', t('cli.options.exportEpoch'), epochNumber('--epoch'))
    .option('--without-checkpoints', t('cli.options.withoutCheckpoints'))
    .option('--out <path>', t('cli.options.outExport'))
    .addHelpText(
      'after',
      formatList([...EXPORTS.ids, ARCHIVE], (id) => textFor(t, `export.formats.${id}`)),
    )
    .action(exportCommand);
}

/**
 * Exports a run's model, or its labels as an audit would have them.
 * @throws InputError where format, run, epoch or folder do not fit
 */
async function exportCommand(name: string, options: ExportOptions): Promise<void> {
  if (options.format === ARCHIVE) return wholeRun(await openPlace(name), options);
  refuseOptions(
    { '--without-checkpoints': options.withoutCheckpoints },
    `--format ${options.format}`,
  );
  if (options.format === LABELS) return labelsOnly(await openPlace(name), options);
  const format = EXPORTS.ids.find((known) => known === options.format);
  if (!format) {
    throw new InputError('cli.format', { format: options.format, formats: FORMATS });
  }
  const run = await openPlace(name);
  const out = options.out === undefined ? null : emptyFolder(options.out);
  const { folder, epoch } = exportRun(
    run,
    format,
    options.epoch ?? null,
    (chosen) => out ?? join(run, 'exports', `${format}-epoch-${chosen}`),
  );
  printResult(options.json ?? false, { run, format, epoch, path: folder }, () => folder);
}

async function wholeRun(run: string, options: ExportOptions): Promise<void> {
  refuseOptions({ '--epoch': options.epoch }, `--format ${ARCHIVE}`);
  const { out = null, withoutCheckpoints = false, json = false } = options;
  await exportArchive(run, out, !withoutCheckpoints, json);
}

async function labelsOnly(run: string, { out, json = false }: ExportOptions): Promise<void> {
  const folder = out === undefined ? join(run, 'exports', LABELS) : emptyFolder(out);
  const review = Review.open(run);
  const labels = labelsOfRun(run, await auditRun(run), review);
  const path = exportLabels(folder, withSuggested(labels));
  printResult(json, { run, format: LABELS, path }, () => path);
}
