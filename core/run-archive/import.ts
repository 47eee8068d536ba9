/** Brings the run of an archive into a folder of runs: whole, or not at all. */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, existsSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError, phraseOf } from '../contract/words/errors.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { isAlive, ownerName, ownerOf, ownProcess } from '../disk/owner.ts';
import { writeNewFile } from '../disk/pieces.ts';
import { inPlaceOf, makeFolder, move, PART, syncFolder } from '../disk/write.ts';
import { checkWhole } from '../run-folder/check.ts';
import { checkpointEpochs } from '../run-folder/checkpoints.ts';
import { paths } from '../run-folder/files.ts';
import { markImported } from '../run-folder/imported.ts';
import { isRun, runName } from '../run-folder/stored.ts';
import { runView } from '../run-folder/views.ts';
import type { Packed } from './manifest.ts';
import { openArchive } from './read.ts';
import type { OpenArchive } from './read.ts';

/** What became of an archive. */
export interface ImportedRun {
  /** Its folder. */
  run: string;
  id: string;
  /** The name that its maker gave it. */
  name: string;
  /** `there`: the same run was there before, and nothing was written; `renamed`: another one has its id. */
  kind: 'new' | 'there' | 'renamed';
  /** Whether it has weights, without which it can be neither resumed nor exported. */
  weights: boolean;
  /** What was damaged before it was packed; null where it is whole. */
  damage: Phrase | null;
}

/** Where an archive is brought to: a folder of runs, in which it gets a free id, or one folder of its own. */
export type ImportPlace = { runs: string } | { folder: string };

/** A folder that is being filled. */
const FILLED = /^\.import-(.+)-[0-9a-f]{8}\.part$/;

/**
 * Brings in a run.
 * @param path of the archive
 * @throws InputError where it is no archive, is damaged or hostile, or its run cannot be opened; DiskError
 */
export async function importArchive(path: string, into: ImportPlace): Promise<ImportedRun> {
  const archive = await openArchive(path);
  try {
    const { id, files } = archive.manifest;
    const place = await freePlace(into, id, files);
    if (place.isThere) return { ...factsOf(place.run), run: place.run, kind: 'there' };
    const run = await unpack(archive, place.run, 'runs' in into ? again(into.runs, id) : null);
    const renamed = 'runs' in into && basename(run) !== id;
    return { ...factsOf(run), run, kind: renamed ? 'renamed' : 'new' };
  } finally {
    archive.close();
  }
}

function factsOf(run: string): Pick<ImportedRun, 'id' | 'name' | 'weights' | 'damage'> {
  const { stored, damage } = checkWhole(run);
  const weights = checkpointEpochs(run).length > 0;
  return { id: basename(run), name: runName(stored), weights, damage };
}

/** The folders that a run of this id may take, one after the other. */
function* again(runs: string, id: string): Generator<string> {
  yield join(runs, id);
  // An id has 80 signs at most.
  for (let number = 2; ; number++) yield join(runs, `${id.slice(0, 80 - 5)}-${number}`);
}

/** The first folder that is free, or holds this very run. */
async function freePlace(
  into: ImportPlace,
  id: string,
  files: readonly Packed[],
): Promise<{ run: string; isThere: boolean }> {
  if ('folder' in into) {
    const isThere = await holds(into.folder, files);
    if (!isThere) refuseFull(into.folder);
    return { run: into.folder, isThere };
  }
  for (const run of again(into.runs, id)) {
    if (!existsSync(run)) return { run, isThere: false };
    if (await holds(run, files)) return { run, isThere: true };
  }
  throw new Error('there is always a next number');
}

/** @throws InputError where a folder that a person named holds something else */
function refuseFull(folder: string): void {
  if (isRun(folder)) throw new InputError('run.holdsRun', { where: folder });
  const [other] = existsSync(folder) ? readdirSync(folder) : [];
  if (other !== undefined) throw new InputError('run.notEmpty', { where: folder, other });
}

/** Whether a folder has every file of an archive, with the same content; what else it has does not count. */
async function holds(run: string, files: readonly Packed[]): Promise<boolean> {
  if (!isRun(run)) return false;
  const sizes = files.every(({ path, size }) => {
    const found = lstatSync(join(run, path), { throwIfNoEntry: false });
    return found?.isFile() && found.size === size;
  });
  if (!sizes) return false;
  for (const { path, sha256 } of files) {
    if ((await hashOf(join(run, path))) !== sha256) return false;
  }
  return true;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/**
 * Unpacks beside the run's place, looks at it as whoever opens it will, and renames it.
 * @param others further places, should the first be taken meanwhile; null where there is but one
 * @returns where it lies
 */
async function unpack(
  archive: OpenArchive,
  run: string,
  others: Iterator<string> | null,
): Promise<string> {
  makeFolder(dirname(run));
  sweepDead(dirname(run));
  const mark = randomBytes(4).toString('hex');
  const beside = join(dirname(run), `.import-${ownerName(ownProcess())}-${mark}${PART}`);
  try {
    makeFolder(beside);
    // First, so that a kill leaves no config that counts as chosen here.
    markImported(beside, basename(archive.path));
    await fill(archive, beside);
    prove(archive.path, beside);
    syncFolder(beside);
    return settle(beside, run, others);
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    throw inPlaceOf(error, beside, run);
  }
}

/** The config comes last, for a folder with a config is a run. */
async function fill({ manifest, pieces }: OpenArchive, beside: string): Promise<void> {
  const isConfig = (file: Packed) => join(beside, file.path) === paths.config(beside);
  const made = new Set<string>();
  for (const file of [...manifest.files].sort(
    (a, b) => Number(isConfig(a)) - Number(isConfig(b)),
  )) {
    const to = join(beside, file.path);
    makeFolder(dirname(to));
    made.add(dirname(to));
    await writeNewFile(to, pieces(file));
  }
  for (const folder of made) syncFolder(folder);
}

/** @throws InputError where the window could not open what came */
function prove(where: string, beside: string): void {
  try {
    runView(beside, checkWhole(beside));
  } catch (error) {
    const why = movedTo(where, beside, phraseOf(error));
    throw new InputError('runArchive.notOpened', { where, why });
  }
}

/** A sentence about a file in the temporary folder names the archive in its place. */
function movedTo(where: string, beside: string, phrase: Phrase): Phrase {
  const moved = Object.entries(phrase.values ?? {}).map(([name, value]) => {
    if (typeof value === 'string') return [name, value.replaceAll(beside, where)];
    const isPhrase = typeof value === 'object' && 'code' in value;
    return [name, isPhrase ? movedTo(where, beside, value as Phrase) : value];
  });
  return { ...phrase, values: Object.fromEntries(moved) as Phrase['values'] };
}

/** Takes the place, or the next where another process was faster. */
function settle(beside: string, first: string, others: Iterator<string> | null): string {
  for (let run = first; ;) {
    try {
      move(beside, run);
      return run;
    } catch (error) {
      const next = existsSync(run) ? others?.next().value : undefined;
      if (typeof next !== 'string') throw error;
      run = next;
    }
  }
}

/** Removes what a kill left of earlier imports; what a living process or another machine fills stays. */
function sweepDead(folder: string): void {
  for (const name of readdirSync(folder)) {
    const owner = ownerOf(FILLED.exec(name)?.[1] ?? '');
    if (owner === null || isAlive(owner) !== false) continue;
    try {
      rmSync(join(folder, name), { recursive: true, force: true });
    } catch {
      // Another process may be at it as well; what stays takes room, and no more.
    }
  }
}
