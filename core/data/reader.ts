/** What a reader of data sets is. */
import type { Phrase } from '../contract/words/phrase.ts';
import type { ReadingConfig } from '../contract/config/data-schema.ts';
import type { LoadControl } from './control.ts';
import type { Dataset } from './dataset.ts';
import type { Tree } from './tree/tree.ts';

/** A field of a reading, but those of the file of labels, which every reader allows. */
export type ReadingField = Exclude<keyof ReadingConfig, 'labelsFile' | 'labelsField'>;

/** Reads one kind of data set. It never writes, and never runs what it reads. */
export interface Reader {
  id: string;
  /** The kind, as people call it. */
  format: Phrase;
  /** The fields of a reading that say how it reads; any other one that is set is an error. */
  uses: readonly ReadingField[];
  /** Whether this tree is of its kind, told by names and first bytes; looks at no more than it must. */
  recognizes(tree: Tree): boolean | Promise<boolean>;
  /**
   * Reads it whole.
   * @throws InputError naming the file, the place and the cure
   */
  read(tree: Tree, reading: ReadingConfig, control: LoadControl): Promise<Dataset>;
}
