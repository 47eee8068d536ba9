/** TensorBoard's event files, as TensorFlow, Keras, PyTorch and Lightning write them; and folders of them. */
import { logNote } from '../../contract/words/notes.ts';
import type { Phrase } from '../../contract/words/phrase.ts';
import { InputError } from '../../contract/words/errors.ts';
import type { LogFormat, LogReading } from '../format.ts';
import type { LogTable } from '../log.ts';
import { isPartName } from '../names.ts';
import type { LogFile } from '../source.ts';
import { Store } from '../store.ts';
import { scalarsOf } from './event-proto.ts';
import { isTfRecord, recordsIn } from './tfrecord.ts';

/** The column that steps are put in; no tag of that name is lost, for steps are steps. */
const STEP = 'step';

/** Event files; their columns are known when they have been read. */
export const tensorboardFormat: LogFormat = {
  id: 'tensorboard',
  together: true,
  namesIn: ({ head }) => (isTfRecord(head) ? [] : null),
  read: readEvents,
};

/**
 * Reads event files; the folders that they lie in come before their tags, as in `validation/epoch_loss`.
 * @param files in the order in which they were begun
 * @throws InputError where a file is damaged, or they are of several runs
 */
async function readEvents(
  files: readonly LogFile[],
  { where, wanted }: LogReading,
): Promise<LogTable> {
  refuseSeveralRuns(where, files);
  const store = new Store(wanted);
  const shared = sharedFolders(files);
  const notes: Phrase[] = [];
  store.name(STEP);
  for (const file of files) {
    const prefix = file.folders
      .slice(shared)
      .map((folder) => `${folder}/`)
      .join('');
    await readFile(file, prefix, store, () =>
      notes.push(logNote('shortRecord', { file: `${prefix}${fileName(file)}` })),
    );
  }
  return store.table({ format: 'TensorBoard events', zeroIsBefore: false, where }, notes);
}

const fileName = ({ path }: LogFile): string => path.split(/[\\/]/).at(-1)!;

async function readFile(
  file: LogFile,
  prefix: string,
  store: Store,
  onCut: () => void,
): Promise<void> {
  let stepAtHand: number | null = null;
  for await (const record of recordsIn(file, onCut)) {
    const { step, scalars } = eventIn(record, file.path);
    for (const { tag, value } of scalars) {
      const name = prefix + tag;
      if (!store.name(name)) continue;
      // Scalars of one step come one after the other; together they are a row.
      if (step !== stepAtHand || store.has(name)) {
        store.row();
        store.put(STEP, step);
        stepAtHand = step;
      }
      store.put(name, value);
    }
  }
}

function eventIn(record: Buffer, path: string): ReturnType<typeof scalarsOf> {
  try {
    return scalarsOf(record);
  } catch {
    throw new InputError('log.noEvents', { where: path });
  }
}

/** How many folders all files lie in alike. */
function sharedFolders(files: readonly LogFile[]): number {
  const [first] = files;
  if (!first) return 0;
  const depth = Math.min(...files.map(({ folders }) => folders.length));
  let shared = 0;
  while (
    shared < depth &&
    files.every(({ folders }) => folders[shared] === first.folders[shared])
  ) {
    shared++;
  }
  // Of a folder that holds `train` alone, its name says what the numbers are.
  return shared === depth && shared > 0 && isPartName(first.folders[shared - 1]!)
    ? shared - 1
    : shared;
}

/** Folders that are no parts of one run (`train`, `validation`) are runs of their own. */
function refuseSeveralRuns(where: string, files: readonly LogFile[]): void {
  const runs = new Set(
    files.map(({ folders }) => folders.filter((folder) => !isPartName(folder)).join('/')),
  );
  if (runs.size > 1) {
    const names = [...runs].map((run) => run || 'the folder itself').sort();
    throw new InputError('log.folderOfRuns', { where, n: runs.size, names });
  }
}
