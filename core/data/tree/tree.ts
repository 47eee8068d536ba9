/** The files of a data set, wherever they lie: in a folder, in an archive, or one file alone. */
import type { Phrase } from '../../contract/words/phrase.ts';
import type { LoadControl } from '../control.ts';

/** One file in a tree. */
export interface TreeEntry {
  /** Its path inside the tree, with `/` between folders; never climbs out. */
  path: string;
  /** Bytes as they lie in the tree; a gzipped file has more once it is unpacked. */
  size: number;
}

/** Files that readers look through. Nothing is ever unpacked onto the disk. */
export interface Tree {
  /** The folder, archive or file on disk; errors begin with it. */
  path: string;
  kind: 'file' | 'folder' | 'zip' | 'tar';
  /** What was guessed of the names of its files, a sentence each; complete once they are listed. */
  inferred: readonly Phrase[];
  /**
   * The paths of the first files, enough to recognize a data set by: at most 200, and of a tar
   * only those that begin in its first megabytes, since it must be read to be listed.
   */
  first: readonly string[];
  /** The first bytes of one of `first`, unpacked where the file is gzipped; fewer where it is short. */
  head(path: string, bytes: number): Promise<Uint8Array>;
  /** All files. Of a tar this reads all of it. */
  list(control: LoadControl): Promise<readonly TreeEntry[]>;
  /**
   * Hands over the files that are wanted, one after the other, in the order in which they lie;
   * bytes are unpacked where a file is gzipped, and belong to the caller. They lie in the memory
   * that `room` gives for the file, where it gives some and they fit.
   * @throws InputError where a file is damaged, or larger than its limit once unpacked
   */
  visit(
    wanted: (entry: TreeEntry) => boolean,
    use: (entry: TreeEntry, bytes: Uint8Array) => void | Promise<void>,
    control: LoadControl,
    room?: (entry: TreeEntry) => Uint8Array | null,
  ): Promise<void>;
}
