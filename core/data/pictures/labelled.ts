/** Labels and parts of pictures, from the tables that name them, else from the folders they lie in. */
import type { Phrase } from '../../contract/words/phrase.ts';
import { doubt, note } from '../../contract/words/notes.ts';
import type { ReadingConfig } from '../../contract/config/data-schema.ts';
import { InputError } from '../../contract/words/errors.ts';
import { partNamed, shortList } from '../parts.ts';
import { roleNamed } from '../table-names.ts';
import { leftOut } from './files.ts';
import type { TableRows } from './label-table.ts';
import type { FolderLayout, Placed } from './layout.ts';
import { refuse } from './refuse.ts';
import { areAll, listedParts, mergeLabels } from './samples.ts';
import type { Sample } from './samples.ts';
import { served } from './serve.ts';
import type { Labelled } from './serve.ts';
import type { Tables } from './tables.ts';

/** Pictures with their labels. */
export interface PictureLabels {
  labelled: Labelled[];
  /** Whether labels are numbers, whose order is theirs. */
  numbers: boolean;
  /** Whether they come from folders. */
  byFolders: boolean;
  inferred: Phrase[];
}

/**
 * Takes the labels that a table tells of pictures; where none does, those of the folders.
 * @param where the folder or archive, for errors
 * @throws InputError where neither tells them, or both do and it is not clear which are meant
 */
export function labelsOf(
  where: string,
  layout: FolderLayout,
  tables: Tables,
  reading: ReadingConfig,
): PictureLabels {
  checkAsked(where, tables, reading);
  const { samples, from, inferred } = mergeLabels(tables.named);
  // Several lists of one kind say the same.
  const said = [...new Set(tables.named.flatMap((table) => table.inferred))];
  if (from.length > 0) {
    const found = byTables(where, layout, samples, from);
    const names = shortList(from.map(({ path }) => path));
    return {
      ...found,
      inferred: [note('labelsFrom', { tables: names }), ...said, ...inferred, ...found.inferred],
    };
  }
  const found = byFolders(where, layout, tables);
  return { ...found, inferred: [...found.inferred, ...said] };
}

/** @throws InputError where something is asked for that no table has */
function checkAsked(where: string, { named, failed }: Tables, reading: ReadingConfig): void {
  const asked = (['files', 'labels', 'truth'] as const).find((field) => reading[field] !== '');
  if (named.length === 0) {
    if (asked && failed.length > 0) throw failed[0]!;
    if (asked === 'files') {
      throw new InputError('pictures.noFilesColumn', {
        where,
        column: reading.files,
        field: { path: 'data.reading.files' },
      });
    }
    if (asked) {
      throw new InputError('pictures.noTable', {
        where,
        value: reading[asked],
        field: { path: `data.reading.${asked}` },
      });
    }
  }
  for (const field of ['labels', 'truth'] as const) {
    const name = reading[field];
    if (name === '' || named.some(({ columns }) => columns.includes(name))) continue;
    const columns = new Set(named.flatMap(({ columns }) => columns));
    throw new InputError('pictures.noColumn', {
      where: named.map((table) => table.where),
      name,
      there: [...columns].map((each) => `"${each}"`),
      field: { path: `data.reading.${field}` },
    });
  }
  const unused =
    reading.missing === 'impute'
      ? 'impute'
      : reading.missing === 'drop' && named.length === 0
        ? 'drop'
        : null;
  if (unused) {
    throw new InputError(unused === 'drop' ? 'pictures.missingNoTable' : 'pictures.missing', {
      where,
      unused,
      field: { path: 'data.reading.missing' },
    });
  }
}

function byTables(
  where: string,
  layout: FolderLayout,
  samples: readonly Sample[],
  from: readonly TableRows[],
): PictureLabels {
  const places = new Map(layout.placed.map((each) => [each.path, each]));
  const withParts = samples.map((sample) => ({
    ...sample,
    part: sample.part ?? places.get(sample.path)?.part ?? null,
  }));
  const compared = besideFolders(where, layout, withParts, from);
  const { labelled, inferred } = served(compared.samples, []);
  if (labelled.length === 0) {
    throw new InputError('pictures.noneLabelled', { where });
  }
  const used = new Set(samples.map(({ path }) => path));
  const left = layout.placed.map(({ path }) => path).filter((path) => !used.has(path));
  return {
    labelled,
    numbers: labelled.every(({ label, truth }) => isNumber(label) && isNumber(truth ?? label)),
    byFolders: false,
    inferred: [...compared.inferred, ...inferred, ...leftOut(left, 'leftUnnamed')],
  };
}

const isNumber = (text: string): boolean => text !== '' && Number.isFinite(Number(text));

/**
 * What the class folders say beside the table's labels.
 * @throws InputError where the table's labels are guessed and the folders could be classes as well
 */
function besideFolders(
  where: string,
  layout: FolderLayout,
  samples: Sample[],
  from: readonly TableRows[],
): { samples: Sample[]; inferred: Phrase[] } {
  const folderOf = new Map(layout.placed.map(({ path, label }) => [path, label]));
  const pairs = samples.flatMap(({ path, given, truth }) => {
    const [folder, label] = [folderOf.get(path), given ?? truth];
    return folder && label !== null ? [{ folder, label, truth }] : [];
  });
  const folders = new Set(pairs.map(({ folder }) => folder));
  const asIs = { samples, inferred: [] };
  if (folders.size < 2) return asIs;
  if (areOneToOne(pairs)) {
    const isNumbered =
      pairs.length === samples.length && pairs.every(({ label }) => isNumber(label));
    return isNumbered && layout.doubt === null ? byName(samples, pairs, folderOf) : asIs;
  }
  const table = from[0]!;
  const names = [...folders].sort();
  const noClasses = { samples, inferred: [note('foldersNoClasses', { names })] };
  if (layout.doubt !== null) return noClasses;
  if (from.some(({ isGuess }) => isGuess)) {
    throw new InputError('pictures.foldersOrColumn', {
      where,
      names,
      column: table.labels ?? '',
      table: table.path,
      field: { path: 'data.reading.labels' },
    });
  }
  const plain = (name: string) => name.normalize('NFC').trim().toLowerCase();
  const known = new Set([...folders].map(plain));
  const other = pairs.filter(({ folder, label }) => plain(folder) !== plain(label));
  const few = { n: other.length, of: pairs.length, table: table.path };
  if (!pairs.every(({ label }) => known.has(plain(label)))) {
    return noClasses;
  }
  const isGiven = from.every((each) => each.labels !== null && roleNamed(each.labels) === 'given');
  if (isGiven && pairs.length === samples.length && pairs.every(({ truth }) => truth === null)) {
    return {
      samples: samples.map((sample) => ({ ...sample, truth: folderOf.get(sample.path)! })),
      inferred: [note('foldersTrue', few)],
    };
  }
  return {
    samples,
    inferred: [doubt('foldersDisagree', few)],
  };
}

/** Labels that number the class folders, by the folders' names. */
function byName(
  samples: readonly Sample[],
  pairs: readonly { folder: string; label: string }[],
  folderOf: ReadonlyMap<string, string | null>,
): { samples: Sample[]; inferred: Phrase[] } {
  const names = new Map(pairs.map(({ folder, label }) => [label, folder]));
  const known = samples.every(({ truth }) => truth === null || names.has(truth));
  if (!known) return { samples: [...samples], inferred: [] };
  return {
    samples: samples.map((sample) => ({
      ...sample,
      given: folderOf.get(sample.path)!,
      truth: sample.truth === null ? null : names.get(sample.truth)!,
    })),
    inferred: [],
  };
}

function areOneToOne(pairs: readonly { folder: string; label: string }[]): boolean {
  const [there, back] = [new Map<string, string>(), new Map<string, string>()];
  return pairs.every(({ folder, label }) => {
    if (!there.has(folder)) there.set(folder, label);
    if (!back.has(label)) back.set(label, folder);
    return there.get(folder) === label && back.get(label) === folder;
  });
}

function byFolders(where: string, layout: FolderLayout, tables: Tables): PictureLabels {
  const inClasses = layout.placed.filter(({ label }) => label !== null);
  const folders = new Set(inClasses.map(({ label }) => label!));
  if (folders.size < 2 || layout.doubt !== null) refuse(where, layout, tables);
  const listed = listedParts(tables.named);
  const drop = areAll(listed);
  const samples = inClasses.flatMap(({ path, label, part }): Sample[] => {
    const own = listed.get(path) ?? null;
    return drop && own === null
      ? []
      : [{ path, given: label, truth: null, part: own ?? (listed.size > 0 ? null : part) }];
  });
  const used = new Set(samples.map(({ path }) => path));
  const parts = new Set(samples.map(({ part }) => part));
  const outside = layout.placed.filter(({ label }) => label === null);
  const empty = [...new Set(outside.map(({ part }) => part))].filter(
    (part) => part !== null && !parts.has(part),
  ) as string[];
  // The one rule says of these why they are left out.
  const others = empty.filter((part) => [null, 'unlabelled'].includes(partNamed(part)));
  const bare = empty.filter((part) => !others.includes(part));
  const { labelled, inferred } = served(samples, others);
  if (labelled.length === 0) refuse(where, layout, tables);
  const counted = (part: string) =>
    `${part} (${outside.filter((each) => each.part === part).length})`;
  const pathsOf = (placed: readonly Placed[]) => placed.map(({ path }) => path);
  const loose = outside.filter(({ part }) => part === null || !empty.includes(part));
  const unlisted = inClasses.filter(({ path }) => !used.has(path));
  return {
    labelled,
    numbers: false,
    byFolders: true,
    inferred: [
      ...layout.inferred,
      ...inferred,
      ...(bare.length > 0 ? [note('noClassFolders', { names: bare.sort().map(counted) })] : []),
      ...leftOut(pathsOf(loose), 'leftOutside'),
      ...leftOut(pathsOf(unlisted), 'leftUnlisted'),
      ...unusedTables(tables),
    ],
  };
}

/** What tables beside class folders were not used for. */
function unusedTables({ named, strange, failed }: Tables): Phrase[] {
  return [
    ...named
      .filter(({ candidates }) => candidates.length > 0)
      .map(({ path, candidates }) => note('columnsUnused', { path, candidates })),
    ...(strange.length > 0 ? [note('tablesStrange', { names: strange })] : []),
    ...failed.map(({ phrase }) => note('tableFailed', { why: phrase })),
  ];
}
