/** The list of what an archive holds, by which a reader sees that it is whole. */
import * as v from 'valibot';
import { version } from '../../package.json';
import { runId } from '../contract/messages/params.ts';
import { InputError } from '../contract/words/errors.ts';
import { isSealed, jsonOf, sealed } from '../disk/sealed.ts';
import { MOST_MEMBERS } from './members.ts';

/** What tells such a list from any other file of its name. */
const KIND = 'label-noise-lab-run';
/** Changes where an older lab could not read what is written now. */
const VERSION = 1;

/** Bytes of the list. */
export const MOST_OF_MANIFEST = 2 ** 24;

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const size = v.pipe(v.number(), v.integer(), v.minValue(0));

const PackedSchema = v.strictObject({ path: v.string(), size, sha256: hash });
/** A file as the list tells it. */
export type Packed = v.InferOutput<typeof PackedSchema>;

const ManifestSchema = v.object({
  kind: v.literal(KIND),
  version: v.literal(VERSION),
  /** The version of the lab that packed it. */
  madeBy: v.pipe(v.string(), v.maxLength(60)),
  /** The run's id. */
  id: runId,
  /** Whether checkpoints and kept models were to travel as well. */
  weights: v.boolean(),
  files: v.pipe(v.array(PackedSchema), v.maxLength(MOST_MEMBERS)),
});
/** What an archive holds. */
export type Manifest = v.InferOutput<typeof ManifestSchema>;

/** The text of a list. */
export function manifestText(id: string, weights: boolean, files: readonly Packed[]): string {
  const manifest = { kind: KIND, version: VERSION, madeBy: version, id, weights, files };
  return `${JSON.stringify(sealed(manifest), null, 1)}\n`;
}

/**
 * Reads a list.
 * @param where the archive, for errors
 * @throws InputError where it is none, a newer lab's, or not what was written
 */
export function parseManifest(text: string, where: string): Manifest {
  const value = jsonOf(text);
  const head = v.safeParse(v.object({ kind: v.literal(KIND), version: v.number() }), value);
  if (!head.success) throw new InputError('runArchive.none', { where });
  if (head.output.version > VERSION) throw new InputError('runArchive.newer', { where });
  const found = v.safeParse(ManifestSchema, value);
  if (!found.success || isSealed(value) !== true) {
    throw new InputError('runArchive.damaged', { where, name: 'manifest.json' });
  }
  return found.output;
}
