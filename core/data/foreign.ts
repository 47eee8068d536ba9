/** Kinds of files that people have and that are not read here, each with its cure. */
import { basename } from 'node:path';
import type { Tree } from './tree/tree.ts';

interface Foreign {
  /** Names of files of this kind. */
  name: RegExp;
  /** What their bytes begin with, as Latin-1; empty where the name alone tells. */
  head: RegExp;
  /** What follows the path of the file. */
  cure: string;
  /** Whether it would be mistaken for another kind. */
  sure?: boolean;
}

const HEAD = 64;

const KINDS: readonly Foreign[] = [
  {
    name: /^xl\/workbook\.(xml|bin)$|\.xls[xm]$/i,
    head: /^/,
    cure: 'is an Excel workbook, which is not read here; save the sheet as CSV and give that.',
    sure: true,
  },
  {
    name: /^content\.xml$|\.ods$/i,
    head: /^/,
    cure: 'is a spreadsheet of LibreOffice, which is not read here; save the sheet as CSV and give that.',
    sure: true,
  },
  {
    name: /\.xls$/i,
    head: /^\xd0\xcf\x11\xe0/,
    cure: 'is an Excel workbook, which is not read here; save the sheet as CSV and give that.',
  },
  {
    name: /\.mat$/i,
    head: /^(MATLAB|\x89HDF)/,
    sure: true,
    cure:
      'is a MATLAB file, which is not read here; in Python: m = scipy.io.loadmat(file), then ' +
      'numpy.savez("data.npz", x=..., y=...) with samples on the first axis (SVHN: ' +
      'm["X"].transpose(3, 0, 1, 2) and m["y"].ravel() % 10), and give data.npz.',
  },
  {
    name: /\.(h5|hdf5|keras)$/i,
    head: /^\x89HDF/,
    sure: true,
    cure: 'is an HDF5 file, which is not read here; save its arrays as .npz (numpy.savez) and give that.',
  },
  {
    name: /\.arrow$/i,
    head: /^(ARROW1|\xff\xff\xff\xff)/,
    cure:
      'is what Hugging Face save_to_disk writes (Arrow), which is not read here; write Parquet ' +
      'instead, a file for each part: ds["train"].to_parquet("train.parquet").',
  },
  {
    name: /\.feather$/i,
    head: /^(ARROW1|FEA1)/,
    cure: 'is a Feather file, which is not read here; save the table as Parquet or CSV.',
  },
  {
    name: /\.(rds|rdata|rda)$/i,
    head: /^/,
    cure: 'is a file of R, which is not read here; save the table with write.csv(x, row.names = FALSE).',
  },
  {
    name: /\.(sqlite3?|db)$/i,
    head: /^SQLite format 3/,
    sure: true,
    cure: 'is a database, which is not read here; save the table as CSV.',
  },
  {
    name: /\.(tfrecords?|tfrecord-.*)$/i,
    head: /^/,
    cure: 'holds TFRecords, which are not read here; save the samples and labels as .npz (numpy.savez).',
  },
  {
    name: /\.(pkl|pickle|p)$/i,
    head: /^\x80[\x02-\x05]/,
    cure:
      'is a pickle, which could run anything when it is read; save its arrays as .npz (numpy.savez) or ' +
      'its table as CSV or Parquet.',
  },
  {
    name: /(^|\/)data\.pkl$|\.(pt|pth)$/i,
    head: /^/,
    cure: 'is a file of PyTorch; save its samples and labels as .npz (numpy.savez) and give that.',
  },
];

/**
 * What to say of a tree that is of such a kind.
 * @param sure looks only for kinds that would be mistaken for others
 * @returns words that follow its path; null where it is none
 */
export async function foreign(tree: Tree, sure = false): Promise<string | null> {
  // A folder with an Excel file beside a CSV is that CSV.
  if (sure && tree.kind === 'folder') return null;
  const names = tree.kind === 'zip' ? [...tree.first, basename(tree.path)] : tree.first;
  for (const { name, head, cure } of KINDS.filter((kind) => !sure || kind.sure)) {
    const path = names.find((each) => name.test(each));
    if (path === undefined) continue;
    const begin = Buffer.from(await tree.head(path, HEAD)).toString('latin1');
    if (head.test(begin)) return tree.kind === 'folder' ? `holds ${path}; it ${cure}` : cure;
  }
  return null;
}
