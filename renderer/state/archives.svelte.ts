/** Runs that people send each other, each in one file. */
import type { Result } from '../../core/contract/messages/messages.ts';
import type { RunRow } from '../../core/contract/messages/records.ts';
import { t, words } from '../words/texts.ts';
import { toasts } from '../parts/toasts.svelte.ts';
import { request, sentenceOf } from './bridge.ts';
import { run } from './run.svelte.ts';
import { runs } from './runs.svelte.ts';
import { windowState } from './window.svelte.ts';

/** Which run is about to be packed, and what is being brought in. */
class Archives {
  /** The run whose archive a person is asked about; null where none is. */
  asked = $state.raw<RunRow | null>(null);
  /** The name of the file that is being imported; null where none is. */
  importing = $state<string | null>(null);
}

export const archives = new Archives();

/** Whether a file is an archive of a run, by its name; whether it is whole the core sees. */
export const isArchiveName = (path: string): boolean => path.toLowerCase().endsWith('.lnl');

/** Asks for an archive and brings its run in. */
export async function askForArchive(): Promise<void> {
  try {
    const { path } = await request('host.openData', { what: 'archive' });
    if (path !== null) await importRun(path);
  } catch (error) {
    toasts.error(sentenceOf(error));
  }
}

/** Brings in the run of an archive, shows it and says what came. */
export async function importRun(path: string): Promise<void> {
  archives.importing = path;
  try {
    const imported = await request('runs.import', { path });
    void runs.load();
    windowState.go('lab');
    await run.open(imported.id);
    toasts.done(sentenceFor(imported));
    if (imported.damage) toasts.error(words(imported.damage));
  } catch (error) {
    toasts.error(sentenceOf(error));
  } finally {
    archives.importing = null;
  }
}

function sentenceFor({ id, name, kind, weights }: Result<'runs.import'>): string {
  if (kind === 'there') return t('runs.imported.there', { name });
  if (kind === 'new')
    return t(weights ? 'runs.imported.new' : 'runs.imported.newWithout', { name });
  return t(weights ? 'runs.imported.renamed' : 'runs.imported.renamedWithout', { name, id });
}

/** Saves a run's archive where the person says. */
export async function saveArchive(id: string, weights: boolean): Promise<void> {
  try {
    const { path } = await request('host.saveArchive', { id, weights });
    if (path) toasts.done(t('runs.archive.saved', { path }));
  } catch (error) {
    toasts.error(sentenceOf(error));
  }
}
