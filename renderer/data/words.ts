/** What the place Data says in words. */
import type { Config, DataView, DuplicatesView } from '../../core/protocol/index.ts';
import { count, percent, plural } from '../format.ts';

/** `28 × 28`, `32 × 32, 3 channels` or `6 columns`. */
export function shapeWords([height, width, channels]: DataView['shape']): string {
  if (height === 1 && width === 1) return plural(channels, 'column');
  return `${height} × ${width}${channels > 1 ? `, ${channels} channels` : ''}`;
}

/** How many labels are wrong, where the disk tells the true ones besides. */
export function wrongWords(
  { wrongLabels, trainAvailable }: DataView,
  labelsAreTrue: boolean,
): string {
  if (wrongLabels === null) return labelsAreTrue ? 'taken to be none' : 'not known';
  return `${count(wrongLabels)} of ${count(trainAvailable)}, ${percent(wrongLabels / trainAvailable)}`;
}

/** How many training samples repeat an earlier one. */
export function duplicateWords({ exact, disagreeing }: DuplicatesView): string {
  if (exact === 0) return 'none';
  const labels =
    disagreeing === 0 ? 'all labelled alike' : `${count(disagreeing)} labelled otherwise`;
  return `${count(exact)} ${exact === 1 ? 'repeats' : 'repeat'} an earlier sample, ${labels}`;
}

/** Missing values by column, the first few named. */
export function missingWords(
  missing: DataView['missing'],
  how: Config['data']['reading']['missing'],
): string {
  if (missing.length === 0) return 'none';
  const named = missing.slice(0, 4).map(({ column, count: n }) => `${column} ${count(n)}`);
  const more = missing.length > 4 ? ` and ${plural(missing.length - 4, 'more column')}` : '';
  const done = how === 'drop' ? '; such rows are left out' : how === 'impute' ? '; filled in' : '';
  return `${named.join(', ')}${more}${done}`;
}

/** How the experiment splits the data: training, hold-out, test, and where the test samples come from. */
export function splitWords(data: Config['data'], testAvailable: number): string {
  const holdout = Math.round(data.train * data.holdoutShare);
  const from = testAvailable === 0 && data.test > 0 ? ', taken from the training part' : '';
  return `${count(data.train)} training, ${count(holdout)} hold-out, ${count(data.test)} test${from}`;
}

/** Whether a path seems to be a file's, for asking with the right dialog where it has moved. */
export function looksLikeFile(path: string): boolean {
  return /\.[a-z0-9]{1,8}$/i.test(path);
}
