/** What speaks against taking folders as classes. */
import { doubt, note } from '../../contract/words/notes.ts';
import { errorPhrase, InputError } from '../../contract/words/errors.ts';
import type { Phrase } from '../../contract/words/phrase.ts';
import { partNamed, wordsOfName } from '../parts.ts';

/** Words that say nothing of a class beside a word for a part. */
const GENERIC =
  /^(set|sets|data|dataset|datasets|part|split|folder|dir|image|images|img|imgs|picture|pictures|photo|photos|pic|pics|png|pngs|jpg|jpgs|jpeg|jpegs|file|files|sample|samples|noisy|clean|raw|new|old|final|full|small|big|mini|all|my|the|x|y|public|private|original|labelled|labeled|resized|cropped|augmented)$/;

/** Whether a name says a part and nothing else: `train`, `test_images`, `clean_valid`. */
export const isPlainPart = (name: string): boolean =>
  partNamed(name) !== null &&
  wordsOfName(name).every((word) => GENERIC.test(word) || partNamed(word) !== null);

/** Folders that one folder was cut into: `images_part_1`, `batch-02`, `images_001`. */
const PIECE =
  /^(.*[^a-z])?(part|shard|batch|chunk|piece|volume|vol|section|zip|tar|archive|subset|fold|images?|imgs?|pictures?|photos?|pics?|files?|data|frames?)[^a-z0-9]*\d+$/i;
/** Names by which files are spread over folders: numbers, and digits of a hash. */
const SPREAD = /^([0-9]+|[0-9a-f]{1,3})$/i;
const PICTURES = /^(image|img|picture|photo|pic|jpeg|jpg|png|rgb|frame|input|x)s?$/;
const MARKS =
  /^(masks?|annotations?|annots?|labels?|truths?|gt|segmentations?|boxes|bboxes|outlines?|contours?|y)$/;
const says = (name: string, word: RegExp): boolean =>
  wordsOfName(name).some((own) => word.test(own));

/**
 * What folders beside each other rather are than classes.
 * @param names the folders that would be classes
 * @param deep those with folders inside
 * @param inside the folders that lie in one
 * @param where they lie in
 * @returns what speaks against, with its cure; null where nothing does; and what to say
 */
export function doubtOf(
  where: string,
  names: readonly string[],
  deep: ReadonlySet<string>,
  inside: (name: string) => readonly string[],
): { doubt: InputError | null; inferred: Phrase[] } {
  const parts = names.filter(
    (name) => partNamed(name) !== null && (isPlainPart(name) || deep.has(name)),
  );
  // "train" is also what stands on rails, among folders that are as flat as it is.
  const vehicle = parts.length === 1 && /^trains?$/i.test(parts[0]!) && names.length > 2;
  const flat = deep.size === 0;
  const none = { doubt: null, inferred: [] };
  if (vehicle && flat) {
    return { ...none, inferred: [doubt('folderClass', { name: parts[0] })] };
  }
  if (parts.length > 0) return { ...none, doubt: partLike(where, parts[0]!, names) };
  if (names.length < 2) return none;
  if (names.every((name) => PIECE.test(name))) return { ...none, doubt: pieces(where, names) };
  const spread = (all: readonly string[]) =>
    all.length > 0 && all.every((name) => SPREAD.test(name));
  if (spread(names) && names.every((name) => spread(inside(name)))) {
    return { ...none, doubt: pieces(where, names) };
  }
  if (names.some((name) => says(name, MARKS)) && names.some((name) => says(name, PICTURES))) {
    return {
      ...none,
      doubt: new InputError('pictures.marks', { where, names: quoted(names) }),
    };
  }
  const inner = names.filter((name) => deep.has(name));
  return inner.length === 0
    ? none
    : {
        ...none,
        inferred: [note('foldersInside', { names, inside: inside(inner[0]!) })],
      };
}

const quoted = (names: readonly string[]): string[] => names.map((name) => `"${name}"`);

function partLike(where: string, part: string, names: readonly string[]): InputError {
  const others = quoted(names.filter((name) => name !== part));
  const kind = partNamed(part)!;
  const values = { where, part, others, kind: errorPhrase(`partKinds.${kind}`) };
  return new InputError(others.length === 0 ? 'pictures.partAlone' : 'pictures.partBeside', values);
}

const pieces = (where: string, names: readonly string[]): InputError =>
  new InputError('pictures.pieces', { where, names: quoted(names) });
