/** `export`: a trained model for other programs. */
import { join } from 'node:path';
import { InputError } from '../contract/words/errors.ts';
import { EXPORT_FORMATS, exportRun } from '../export/index.ts';
import { printResult } from '../terminal/output.ts';
import { emptyFolder, findRun } from './places.ts';

/** Options of `export`. */
export interface ExportOptions {
  format: string;
  epoch?: number;
  out?: string;
  json?: boolean;
}

/** Exports a run's model. @throws InputError where format, run, epoch or folder do not fit */
export function exportCommand(name: string, options: ExportOptions): void {
  const format = EXPORT_FORMATS.find((known) => known === options.format);
  if (!format) {
    throw new InputError('cli.format', { format: options.format, formats: EXPORT_FORMATS });
  }
  const run = findRun(name);
  const out = options.out === undefined ? null : emptyFolder(options.out);
  const { folder, epoch } = exportRun(
    run,
    format,
    options.epoch ?? null,
    (chosen) => out ?? join(run, 'exports', `${format}-epoch-${chosen}`),
  );
  printResult(options.json ?? false, { run, format, epoch, path: folder }, () => folder);
}
