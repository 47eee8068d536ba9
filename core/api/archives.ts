/** Answers about archives of runs. */
import type { CoreMethod } from '../contract/messages/messages.ts';
import { importArchive } from '../run-archive/import.ts';
import { archiveSizes, writeArchive } from '../run-archive/write.ts';
import type { Handlers } from './handlers.ts';

/** The methods about them. */
export type ArchiveMethod = Extract<
  CoreMethod,
  'run.archiveSizes' | 'run.writeArchive' | 'runs.import'
>;

/**
 * @param runs the folder of runs
 * @param folderOf the folder of a run that may be another's, such as one of a sweep
 */
export function archiveHandlers(
  runs: string,
  folderOf: (id: string) => string,
): Handlers<ArchiveMethod> {
  return {
    'run.archiveSizes': ({ id }) => archiveSizes(folderOf(id)),
    'run.writeArchive': async ({ id, weights, path }) => {
      await writeArchive(folderOf(id), path, weights);
      return { path };
    },
    'runs.import': async ({ path }) => {
      const { id, name, kind, weights, damage } = await importArchive(path, { runs });
      return { id, name, kind, weights, damage };
    },
  };
}
