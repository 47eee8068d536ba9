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
  if (path === '') return { classes, said: [] };
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
  }
  return { classes, said: [saidOf(path, classes, split)] };
}

/** What of the corrections concerns this run. */
function saidOf(path: string, classes: ReadonlyMap<number, number>, split: Split): Phrase {
  const places = [...split.train, ...split.holdout].filter((place) => classes.has(place));
  const out = places.filter((place) => classes.get(place) === LEFT_OUT).length;
  return note('corrected', { file: basename(path), n: places.length - out, out });
}

/** How a row is read: which sample it names, and its label; null where it corrects nothing. */
interface RowReader {
  key: 'id' | 'place';
  row: (cells: readonly string[]) => { sample: string; label: string } | null;
}

function readerOf(path: string, columns: readonly string[]): RowReader {
  const at = (name: string) => columns.indexOf(name);
  const [id, part, index, label] = ['id', 'part', 'index', 'label'].map(at);
  const [given, flagged, suggested] = ['given', 'flagged', 'suggested'].map(at);
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
      return corrected === cells[given!] ? null : { sample, label: corrected };
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

/** The labels of a part's samples with the corrections among them. */
export function corrected(given: Labels, places: Uint32Array, { classes }: Corrections): Labels {
  if (classes.size === 0) return given;
  return given.map((label, i) => {
    const code = classes.get(places[i]!) ?? label;
    return code === LEFT_OUT ? label : code;
  });
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
export function pickLabels({ given, truth }: NoisyLabels, kept: Uint32Array): NoisyLabels {
  return { given: pick(given, kept), truth: truth && pick(truth, kept) };
}
