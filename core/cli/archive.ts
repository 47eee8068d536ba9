/** `import`, and the archive that `export --format lnl` writes: a run for another person. */
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { sizeInWords } from '../contract/words/numbers.ts';
import { plain } from '../contract/words/plain.ts';
import { makeFolder } from '../disk/write.ts';
import { importArchive } from '../run-archive/import.ts';
import { archiveId, archiveSizes, ENDING, writeArchive } from '../run-archive/write.ts';
import { t, words } from '../terminal/language.ts';
import { printNote, printResult } from '../terminal/output.ts';
import { runsFolder } from './places.ts';
import type { JsonOption } from './inspect.ts';

/** The format of `export` that is a whole run. */
export const ARCHIVE = 'lnl';

/** Gives `import` its options and its work. */
export function defineImport(command: Command): void {
  command.option('--out <folder>', t('cli.options.outImport')).action(importCommand);
}

/** Brings in the run of an archive. @throws InputError where it is none, damaged or hostile */
async function importCommand(
  path: string,
  { out, json = false }: JsonOption & { out?: string },
): Promise<void> {
  const into = out === undefined ? { runs: runsFolder() } : { folder: resolve(out) };
  const { damage, ...run } = await importArchive(resolve(path), into);
  const problem = damage && words(damage);
  printResult(json, { ...run, problem, problemCode: damage }, () => {
    const name = { name: plain(run.name), folder: plain(run.run) };
    return [
      t(`cli.archive.${run.kind}`, name),
      ...(run.kind === 'there'
        ? []
        : [t(run.weights ? 'cli.archive.with' : 'cli.archive.without')]),
      ...(problem ? [problem] : []),
    ].join('\n');
  });
}

/**
 * Packs a run.
 * @param out the file; null for one in the run's own folder
 * @throws InputError where it cannot be packed, DiskError
 */
export async function exportArchive(
  run: string,
  out: string | null,
  weights: boolean,
  json: boolean,
): Promise<void> {
  const path = out === null ? join(run, 'exports', `${archiveId(run)}${ENDING}`) : resolve(out);
  if (out === null) makeFolder(join(run, 'exports'));
  const sizes = archiveSizes(run);
  const { bytes, files } = await writeArchive(run, path, weights);
  const [withWeights, without] = [sizeInWords(sizes.withWeights), sizeInWords(sizes.without)];
  printNote(t('cli.archive.sizes', { withWeights, without }));
  printNote(t('cli.archive.travels'));
  printResult(json, { run, format: ARCHIVE, path, bytes, files, weights }, () => path);
}
