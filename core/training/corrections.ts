/** Corrections of labels, read from a file: a layer over the data, which stay as they are. */
import { basename } from 'node:path';
import { InputError } from '../contract/words/errors.ts';
import { note } from '../contract/words/notes.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { csvRowsIn } from '../csv/file.ts';
import { sampleName } from '../data/index.ts';
import type { Dataset } from '../data/index.ts';
import { pick } from '../data/labels.ts';
import type { Labels } from '../data/labels.ts';
import type { Split } from '../data/split.ts';
import type { SoftLabels } from '../engine/session.ts';
import type { Corrections, NoisyLabels } from './prepared.ts';

/** The class of a sample that is to be left out. */
export const LEFT_OUT = -1;

/**
 * Reads a file of corrections.
 * @param path empty for none
 * @throws InputError where a sample or class is not in the data, or a sample is named twice
 */
export function readCorrections(path: string, dataset: Dataset, split: Split): Corrections {
  const classes = new Map<number, number>();
  const shares = new Map<number, number>();
  if (path === '') return { classes, shares, said: [] };
  const [head, ...rows] = csvRowsIn(path);
  const read = readerOf(path, head?.cells ?? []);
  const placeOf = placesBy(read.key, dataset, split);
  const numbers = new Map(dataset.classes.map((name, i) => [name, i]));
  for (const { cells, line } of rows) {
    const found = read.row(cells);
    if (found === null) continue;
    const { sample, label } = found;
    const where = { where: path, row: line, sample };
    const place = placeOf(sample);
    if (place === undefined) {
      throw new InputError('corrections.sample', { ...where, name: dataset.name });
    }
    const code = label === '' ? LEFT_OUT : numbers.get(label);
    if (code === undefined) {
      throw new InputError('corrections.label', { ...where, label, classes: dataset.classes });
    }
    if (classes.has(place)) throw new InputError('corrections.twice', where);
    classes.set(place, code);
    const share = shareIn(found.share, where);
    if (share < 1 && code !== LEFT_OUT) shares.set(place, share);
  }
  return { classes, shares, said: saidOf(path, { classes, shares }, split) };
}

/** What of the corrections concerns this run. */
function saidOf(
  path: string,
  { classes, shares }: Pick<Corrections, 'classes' | 'shares'>,
  split: Split,
): Phrase[] {
  const places = [...split.train, ...split.holdout].filter((place) => classes.has(place));
  const out = places.filter((place) => classes.get(place) === LEFT_OUT).length;
  const soft = places.filter((place) => shares.has(place)).length;
  const file = basename(path);
  return [
    note('corrected', { file, n: places.length - out - soft, out }),
    ...(soft > 0 ? [note('softened', { file, n: soft })] : []),
  ];
}

/** How much of a label goes to its class; all of it where the file does not say. */
function shareIn(text: string, where: object): number {
  const share = text === '' ? 1 : Number(text);
  if (share > 0 && share <= 1) return share;
  throw new InputError('corrections.share', { ...where, share: text });
}

/** How a row is read: which sample it names, and its label; null where it corrects nothing. */
interface RowReader {
  key: 'id' | 'place';
  row: (cells: readonly string[]) => { sample: string; label: string; share: string } | null;
}

function readerOf(path: string, columns: readonly string[]): RowReader {
  const at = (name: string) => columns.indexOf(name);
  const [id, part, index, label] = ['id', 'part', 'index', 'label'].map(at);
  const [given, flagged, suggested] = ['given', 'flagged', 'suggested'].map(at);
  const share = at('share');
  const isAudit = label! < 0 && flagged! >= 0 && suggested! >= 0;
  const isNamed = id! >= 0 || (part! >= 0 && index! >= 0);
  if (!isNamed || (label! < 0 && !isAudit)) {
    throw new InputError('corrections.columns', { where: path, columns: [...columns] });
  }
  return {
    key: id! >= 0 ? 'id' : 'place',
    row(cells) {
      // The labels of test samples are never changed: they are what a run is scored by.
      if (cells[part!] === 'test') return null;
      if (isAudit && cells[flagged!]!.toLowerCase() !== 'true') return null;
      const sample = id! >= 0 ? cells[id!]! : `${cells[part!]} ${cells[index!]}`;
      const corrected = cells[isAudit ? suggested! : label!]!;
      // What is as it was given stays so, also where another run draws other noise.
      if (corrected === cells[given!]) return null;
      return { sample, label: corrected, share: cells[share] ?? '' };
    },
  };
}

/** Finds the place of a sample by what names it. */
function placesBy(
  key: RowReader['key'],
  dataset: Dataset,
  split: Split,
): (sample: string) => number | undefined {
  const found = new Map<string, number>();
  if (key === 'place') {
    for (const part of ['train', 'holdout'] as const) {
      split[part].forEach((place, index) => found.set(`${part} ${index}`, place));
    }
  } else {
    dataset.train.labels.forEach((_, place) => found.set(sampleName(dataset, place), place));
  }
  return (sample) => found.get(sample);
}

/** The labels of a part's samples with the corrections among them: of a soft one the greater share. */
export function corrected(
  given: Labels,
  places: Uint32Array,
  { classes, shares }: Corrections,
): Labels {
  if (classes.size === 0) return given;
  return given.map((label, i) => {
    const code = classes.get(places[i]!) ?? label;
    return code === LEFT_OUT || (shares.get(places[i]!) ?? 1) < 0.5 ? label : code;
  });
}

/** The lesser shares of a part's labels; null where none is soft. @param given before the corrections */
export function lesserShares(
  given: Labels,
  places: Uint32Array,
  { classes, shares }: Corrections,
): SoftLabels | null {
  if (shares.size === 0) return null;
  const others = given.slice();
  const lesser = new Float32Array(given.length);
  places.forEach((place, i) => {
    const share = shares.get(place);
    if (share === undefined) return;
    if (share < 0.5) others[i] = classes.get(place)!;
    lesser[i] = Math.min(share, 1 - share);
  });
  return { others, shares: lesser };
}

/** Where in a part the samples are that stay in it. */
export function leftPlaces(places: Uint32Array, { classes }: Corrections): Uint32Array {
  return Uint32Array.from(places.keys()).filter((i) => classes.get(places[i]!) !== LEFT_OUT);
}

/** Some of a part's places. */
export function pickPlaces(places: Uint32Array, kept: Uint32Array): Uint32Array {
  return Uint32Array.from(kept, (i) => places[i]!);
}

/** Some of a part's labels. */
export function pickLabels({ given, truth, soft }: NoisyLabels, kept: Uint32Array): NoisyLabels {
  return {
    given: pick(given, kept),
    truth: truth && pick(truth, kept),
    soft: soft ? pickSoft(soft, kept) : null,
  };
}

const pickSoft = ({ others, shares }: SoftLabels, kept: Uint32Array): SoftLabels => ({
  others: pick(others, kept),
  shares: Float32Array.from(kept, (i) => shares[i]!),
});
