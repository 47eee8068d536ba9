/** Kinds of files that people have and that are not read here, each with its cure. */
import { basename } from 'node:path';
import type english from '../../assets/texts/en.json';
import { errorPhrase } from '../contract/words/errors.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import type { Tree } from './tree/tree.ts';

interface Foreign {
  /** Names of files of this kind. */
  name: RegExp;
  /** What their bytes begin with, as Latin-1; empty where the name alone tells. */
  head: RegExp;
  /** Its text, below `errors.foreign`. */
  kind: keyof (typeof english)['errors']['foreign'];
  /** Whether it would be mistaken for another kind. */
  sure?: boolean;
}

const HEAD = 64;

const KINDS: readonly Foreign[] = [
  {
    name: /^xl\/workbook\.(xml|bin)$|\.xls[xm]$/i,
    head: /^/,
    kind: 'excel',
    sure: true,
  },
  {
    name: /^content\.xml$|\.ods$/i,
    head: /^/,
    kind: 'spreadsheet',
    sure: true,
  },
  {
    name: /\.xls$/i,
    head: /^\xd0\xcf\x11\xe0/,
    kind: 'excel',
  },
  {
    name: /\.mat$/i,
    head: /^(MATLAB|\x89HDF)/,
    sure: true,
    kind: 'matlab',
  },
  {
    name: /\.(h5|hdf5|keras)$/i,
    head: /^\x89HDF/,
    sure: true,
    kind: 'hdf5',
  },
  {
    name: /\.arrow$/i,
    head: /^(ARROW1|\xff\xff\xff\xff)/,
    kind: 'arrow',
  },
  {
    name: /\.feather$/i,
    head: /^(ARROW1|FEA1)/,
    kind: 'feather',
  },
  {
    name: /\.(rds|rdata|rda)$/i,
    head: /^/,
    kind: 'r',
  },
  {
    name: /\.(sqlite3?|db)$/i,
    head: /^SQLite format 3/,
    sure: true,
    kind: 'database',
  },
  {
    name: /\.(tfrecords?|tfrecord-.*)$/i,
    head: /^/,
    kind: 'tfrecords',
  },
  {
    name: /\.(pkl|pickle|p)$/i,
    head: /^\x80[\x02-\x05]/,
    kind: 'pickle',
  },
  {
    name: /(^|\/)data\.pkl$|\.(pt|pth)$/i,
    head: /^/,
    kind: 'torch',
  },
];

/**
 * What to say of a tree that is of such a kind.
 * @param sure looks only for kinds that would be mistaken for others
 * @returns null where it is none
 */
export async function foreign(tree: Tree, sure = false): Promise<Phrase | null> {
  // A folder with an Excel file beside a CSV is that CSV.
  if (sure && tree.kind === 'folder') return null;
  const names = tree.kind === 'zip' ? [...tree.first, basename(tree.path)] : tree.first;
  for (const { name, head, kind } of KINDS.filter((kind) => !sure || kind.sure)) {
    const path = names.find((each) => name.test(each));
    if (path === undefined) continue;
    const begin = Buffer.from(await tree.head(path, HEAD)).toString('latin1');
    const where = tree.kind === 'folder' ? `${tree.path}, ${path}` : tree.path;
    if (head.test(begin)) return errorPhrase(`foreign.${kind}`, { where });
  }
  return null;
}
