/** What the place Data says in words. */
import type { Config } from '../../../core/contract/config/schema.ts';
import type { DataView, DuplicatesView } from '../../../core/contract/messages/records.ts';
import { withSeparators, percent, plural } from '../../words/format.ts';
import { drawn, t } from '../../words/texts.ts';

/** `28 × 28`, `32 × 32, 3 channels` or `6 columns`. */
export function shapeWords([height, width, channels]: DataView['shape']): string {
  if (height === 1 && width === 1) return plural('data.columns', channels);
  const size = `${height} × ${width}`;
  return channels > 1 ? t('data.channels', { size, n: channels }) : drawn(size);
}

/** How many labels are wrong, where the disk tells the true ones besides. */
export function wrongWords(
  { wrongLabels, trainAvailable }: DataView,
  labelsAreTrue: boolean,
): string {
  if (wrongLabels === null) return t(labelsAreTrue ? 'data.takenNone' : 'common.notKnown');
  return t('data.wrong', {
    n: withSeparators(wrongLabels),
    total: withSeparators(trainAvailable),
    share: percent(wrongLabels / trainAvailable),
  });
}

/** How many training samples repeat an earlier one. */
export function duplicateWords({ exact, disagreeing }: DuplicatesView): string {
  if (exact === 0) return t('common.none');
  if (disagreeing === 0) return plural('data.repeatAlike', exact);
  return plural('data.repeat', exact, { others: withSeparators(disagreeing) });
}

/** Missing values by column, the first few named. */
export function missingWords(
  missing: DataView['missing'],
  how: Config['data']['reading']['missing'],
): string {
  if (missing.length === 0) return t('common.none');
  const named = missing
    .slice(0, 4)
    .map(({ column, count: n }) => t('data.missingOf', { column, n: withSeparators(n) }))
    .join(', ');
  const all =
    missing.length > 4 ? plural('data.missingMore', missing.length - 4, { named }) : named;
  if (how === 'ask') return all;
  return t(how === 'drop' ? 'data.leftOut' : 'data.filledIn', { missing: all });
}

/** How the experiment splits the data: training, hold-out, test, and where the test samples come from. */
export function splitWords(data: Config['data'], testAvailable: number): string {
  const isTaken = testAvailable === 0 && data.test > 0;
  return t(isTaken ? 'data.splitTaken' : 'data.split', {
    training: withSeparators(data.train),
    holdout: withSeparators(Math.round(data.train * data.holdoutShare)),
    test: withSeparators(data.test),
  });
}

/** Whether a path seems to be a file's, for asking with the right dialog where it has moved. */
export function looksLikeFile(path: string): boolean {
  return /\.[a-z0-9]{1,8}$/i.test(path);
}
