/** What a made-up lab says of archives: that one with checkpoints is large. */
import type { RunView } from '../../core/contract/messages/records.ts';
import type { Params, Result } from '../../core/contract/messages/messages.ts';

type ArchiveMethod = 'run.archiveSizes' | 'host.saveArchive' | 'runs.import';
type Handlers = { [M in ArchiveMethod]: (params: Params<M>) => Result<M> };

/** @param stored the runs, of which an archive brings in the first */
export const fakeArchives = (stored: ReadonlyMap<string, RunView>): Handlers => ({
  'run.archiveSizes': () => ({ withWeights: 44_340_000, without: 3_140_000 }),
  'host.saveArchive': ({ id }) => ({ path: `/home/ada/${id}.lnl` }),
  'runs.import': () => {
    const { id, name } = [...stored.values()][0]!.row;
    return { id, name, kind: 'new', weights: false, damage: null };
  },
});
