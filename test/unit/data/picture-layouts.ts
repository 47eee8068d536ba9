/** Random layouts of a known data set of pictures. */
import fc from 'fast-check';
import { tar, zip } from './files.ts';
import type { Files } from './files.ts';
import { tinyPng } from './pictures.ts';

/** What a part is in truth. */
export type TruePart = 'train' | 'test' | 'val' | 'unlabelled' | 'other';

/** A picture, told from all others by its number. */
export interface Known {
  number: number;
  label: string;
  part: TruePart;
}

/** A data set as files, and what it holds. */
export interface Made {
  known: Known[];
  files: Files;
  /** How it was laid out, for the eye. */
  how: string;
}

/** Classes that look like anything but parts. */
const CLASSES = [
  ['cat', 'dog'],
  ['Apple Braeburn', 'Banana', 'Cherry 1'],
  ['0', '1', '10', '2'],
  ['n01440764', 'n02102040', 'n02979186'],
  ['Tisch', 'Stühle', 'Lampe'],
  ['猫', '狗'],
  ['train_station', 'airport', 'harbour'],
  ['benign', 'malignant'],
];
const WORDS: Record<TruePart, string[]> = {
  train: ['train', 'Training', 'TRAIN', 'training_set', 'seg_train', 'train_images', 'noisy_train'],
  test: ['test', 'Test', 'testing', 'test_set', 'seg_test', 'test_images', 'clean_test'],
  val: ['val', 'valid', 'Validation', 'dev', 'clean_valid', 'val_images'],
  unlabelled: ['unlabelled', 'unlabeled', 'seg_pred', 'Unlabeled-images', 'unsup'],
  other: ['extra', 'papers', 'backup'],
};
const LITTER: Files = {
  '.DS_Store': Buffer.from('x'),
  'Thumbs.db': Buffer.from('x'),
  '__MACOSX/._1.png': Buffer.from('x'),
  'README.txt': Buffer.from('A data set.\nIts pictures are small, and there are few.\n'),
  LICENSE: Buffer.from('Free.'),
};
const WRAPPERS = [[], [], ['archive'], ['my data'], ['archive', 'dataset'], ['set-v2', 'x1']];
const PARTS: TruePart[][] = [
  ['train'],
  ['train', 'test'],
  ['train', 'val'],
  ['train', 'test', 'val'],
  ['train', 'test', 'unlabelled'],
  ['train', 'val', 'unlabelled'],
  ['train', 'test', 'other'],
  ['train', 'test', 'val', 'unlabelled', 'other'],
];

const of = <T>(all: readonly T[]) => fc.constantFrom(...all);

/** The choices that a layout is made of. */
const choices = fc.record({
  classes: of(CLASSES),
  parts: of(PARTS),
  word: fc.record({
    train: of(WORDS.train),
    test: of(WORDS.test),
    val: of(WORDS.val),
    unlabelled: of(WORDS.unlabelled),
    other: of(WORDS.other),
  }),
  wrapper: of(WRAPPERS),
  /** Whether each part lies in a second folder of its name. */
  doubled: fc.boolean(),
  litter: fc.subarray(Object.keys(LITTER)),
  seed: fc.integer({ min: 1, max: 1e6 }),
  kind: of(['folders', 'class first', 'table', 'table', 'table', 'lists'] as const),
  table: fc.record({
    format: of(['csv', 'tsv', 'jsonl', 'csv'] as const),
    file: of(
      'filename file_name image image_id image_name img_filename image_path filepath path id picture_file Photo'.split(
        ' ',
      ),
    ),
    label: of('label class target category y labels dx diagnosis class_name'.split(' ')),
    noisy: fc.boolean(),
    split: of(['split', 'Split', 'set', 'subset', 'partition', 'Usage']),
    /** How the table names a picture. */
    naming: of(['path', 'name', 'stem', 'path from elsewhere'] as const),
    extra: fc.subarray(['width', 'score', 'note', 'index']),
    /** Where the part of a row is told. */
    tells: of(['split', 'tables', 'folders'] as const),
    shards: of(['none', 'images', 'numbers', 'pieces', 'by class'] as const),
    name: of(['labels', 'metadata', 'annotations/list', 'HAM_metadata']),
  }),
  container: of(['folder', 'folder', 'zip', 'tar'] as const),
});

/** Numbers from a seed, so that a layout is made again. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function shuffled<T>(all: readonly T[], random: () => number): T[] {
  return all
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

type Choices = typeof choices extends fc.Arbitrary<infer T> ? T : never;

/** A data set in a random layout, as a folder, a zip or a tar. */
export const layouts = choices.map((chosen) => ({ ...make(chosen), container: chosen.container }));

/** The bytes of an archive; null where the files are to be a folder. */
export async function packed(files: Files, container: Choices['container']) {
  if (container === 'folder') return null;
  return container === 'zip' ? zip(files) : await tar(files);
}

function make(chosen: Choices): Made {
  const random = randomOf(chosen.seed);
  const isTable = chosen.kind === 'table';
  const parts = chosen.parts.filter((part) => !isTable || part !== 'other');
  const known: Known[] = [];
  for (const part of parts) {
    for (const label of chosen.classes) {
      for (let i = 0; i < (part === 'train' ? 6 : 3); i++) {
        known.push({ number: known.length + 1, label, part });
      }
    }
  }
  const mixed = shuffled(known, random);
  // Numbers say nothing of classes or parts.
  mixed.forEach((each, i) => (each.number = i + 1));
  const files =
    chosen.kind === 'table'
      ? tableFiles(mixed, chosen, random)
      : chosen.kind === 'lists'
        ? listFiles(mixed, chosen)
        : folderFiles(mixed, chosen);
  for (const name of chosen.litter) files[name] = LITTER[name]!;
  const inside = Object.entries(files).map(([name, bytes]) => [
    [...chosen.wrapper, name].join('/'),
    bytes,
  ]);
  return { known: mixed, files: Object.fromEntries(inside) as Files, how: JSON.stringify(chosen) };
}

const pad = (number: number): string => String(number).padStart(4, '0');

function folderFiles(known: readonly Known[], { word, doubled, parts, kind }: Choices): Files {
  const files: Files = {};
  for (const { number, label, part } of known) {
    const own = word[part];
    const file = `${pad(number)}.png`;
    const inPart = parts.length === 1 ? [] : doubled && kind === 'folders' ? [own, own] : [own];
    const flat = part === 'unlabelled';
    const path =
      kind === 'class first' && !flat && part !== 'other'
        ? [label, ...inPart, file]
        : [...inPart, ...(flat ? [] : [label]), file];
    // Beside classes that hold their parts there is nothing else.
    if (kind === 'class first' && (flat || part === 'other')) continue;
    files[path.join('/')] = tinyPng(number);
  }
  return files;
}

/** `path label` a line, a list for each part. */
function listFiles(known: readonly Known[], { word, parts }: Choices): Files {
  const files: Files = {};
  const lines: Record<string, string[]> = {};
  for (const { number, label, part } of known) {
    const path = `images/${number % 3}/${pad(number)}.png`;
    files[path] = tinyPng(number);
    if (part === 'unlabelled' || part === 'other') continue;
    const list = parts.length === 1 ? 'all_list.txt' : `meta/${word[part]}_list.txt`;
    (lines[list] ??= []).push(`${path} ${label}`);
  }
  for (const [list, all] of Object.entries(lines)) files[list] = Buffer.from(`${all.join('\n')}\n`);
  return files;
}

function tableFiles(known: readonly Known[], chosen: Choices, random: () => number): Files {
  const { table, word, parts } = chosen;
  const files: Files = {};
  const rows: Record<string, Record<string, string | number>[]> = {};
  const single = parts.length === 1;
  for (const { number, label, part } of shuffled(known, random)) {
    const folder = folderOf(number, part, chosen);
    const stem = `IMG_${pad(number)}`;
    const path = [...folder, `${stem}.png`].join('/');
    files[path] = tinyPng(number);
    if (part === 'unlabelled') continue;
    const wrong = known.at(number % known.length)!.label;
    const row: Record<string, string | number> = {
      ...(table.extra.includes('index') ? { index: number } : {}),
      [table.file]: {
        path,
        name: `${stem}.png`,
        stem,
        'path from elsewhere': `/home/me/data/${path}`,
      }[table.naming],
      ...(table.extra.includes('width') ? { width: 2 } : {}),
      ...(table.extra.includes('score') ? { score: Math.round(random() * 1e4) / 1e4 } : {}),
      ...(table.noisy ? { noisy_label: wrong, true_label: label } : { [table.label]: label }),
      ...(table.extra.includes('note') ? { note: `seen on day ${number}` } : {}),
      ...(table.tells === 'split' && !single ? { [table.split]: word[part] } : {}),
    };
    const name = table.tells === 'tables' && !single ? word[part] : table.name;
    (rows[name] ??= []).push(row);
  }
  for (const [name, all] of Object.entries(rows)) {
    files[`${name}.${table.format}`] = Buffer.from(written(all, table.format));
  }
  return files;
}

function folderOf(number: number, part: TruePart, { table, word, parts }: Choices): string[] {
  const own = table.tells === 'folders' && parts.length > 1 ? [word[part]] : [];
  const shard = {
    none: [],
    images: ['images'],
    numbers: ['images', `0${number % 3}`],
    pieces: [`images_part_${1 + (number % 2)}`],
    'by class': [`group ${number % 4}`],
  }[table.shards];
  if (part === 'unlabelled') return [word.unlabelled];
  return [...own, ...shard];
}

function written(rows: Record<string, string | number>[], format: 'csv' | 'tsv' | 'jsonl'): string {
  if (format === 'jsonl') return rows.map((row) => JSON.stringify(row)).join('\n');
  const separator = format === 'csv' ? ',' : '\t';
  const lines = [Object.keys(rows[0]!), ...rows.map((row) => Object.values(row))];
  return `${lines.map((cells) => cells.join(separator)).join('\n')}\n`;
}
