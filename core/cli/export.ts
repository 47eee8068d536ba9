/** `export`: a trained model or corrected labels for other programs. */
import { join } from 'node:path';
import { auditRun } from '../audit/audit-run.ts';
import { withSuggested } from '../audit/decided.ts';
import { exportLabels, labelsOfRun } from '../audit/write.ts';
import { InputError } from '../contract/words/errors.ts';
import { EXPORTS, exportRun } from '../export/index.ts';
import { Review } from '../review/review.ts';
import { printResult } from '../terminal/output.ts';
import { emptyFolder, openPlace } from './places.ts';

/** Options of `export`. */
export interface ExportOptions {
  format: string;
  epoch?: number;
  out?: string;
  json?: boolean;
}

/** The format that is no model. */
const LABELS = 'labels';
/** Everything that `--format` takes. */
export const FORMATS: readonly string[] = [...EXPORTS.ids, LABELS];

/**
 * Exports a run's model, or its labels as an audit would have them.
 * @throws InputError where format, run, epoch or folder do not fit
 */
export async function exportCommand(name: string, options: ExportOptions): Promise<void> {
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

async function labelsOnly(run: string, { out, json = false }: ExportOptions): Promise<void> {
  const folder = out === undefined ? join(run, 'exports', LABELS) : emptyFolder(out);
  const review = Review.open(run);
  const labels = labelsOfRun(run, await auditRun(run), review);
  const path = exportLabels(folder, withSuggested(labels));
  printResult(json, { run, format: LABELS, path }, () => path);
}
