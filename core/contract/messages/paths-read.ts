/** Which paths a message asks to have read. Schemas mark them, so that no method can forget one. */
import type * as v from 'valibot';

/** Sources that the lab has itself, and that are no paths. */
export const BUILT_IN_SOURCES: readonly string[] = ['mnist', 'clusters'];

/** What is used of a schema here: those of messages are made of few kinds. */
interface Part {
  type: string;
  pipe?: readonly { type: string; metadata?: Record<string, unknown> }[];
  entries?: Record<string, Part>;
  wrapped?: Part;
  item?: Part;
  /** Of a union or variant its kinds; other schemas have plain values of this name. */
  options?: readonly unknown[];
  /** Of a variant the field that tells the kinds apart, which in each is a literal. */
  key?: string;
  literal?: unknown;
}

const LEAVES = new Set(['string', 'number', 'boolean', 'picklist', 'literal']);

/**
 * The paths that are to be read, as they are written.
 * @param schema of a method's parameters
 * @param value parsed by it
 * @throws Error for a kind of schema that no message has so far
 */
export function pathsRead(schema: v.GenericSchema, value: unknown): string[] {
  const found: string[] = [];
  collect(schema as unknown as Part, value, found);
  return found;
}

function collect(part: Part, value: unknown, found: string[]): void {
  if (value === undefined || value === null) return;
  const { reads, readsFrom } = marksOf(part);
  if (reads) addPath(value, reads === 'source', found);
  else if (typeof readsFrom === 'string') addPath(fieldOf(value, readsFrom), true, found);
  else if (part.entries) {
    for (const [key, entry] of Object.entries(part.entries)) {
      collect(entry, fieldOf(value, key), found);
    }
  } else if (part.wrapped) collect(part.wrapped, value, found);
  else if (part.type === 'variant') collect(kindOf(part, value), value, found);
  else if (part.item) for (const item of value as unknown[]) collect(part.item, item, found);
  else if (!isPlain(part)) throw new Error(`No one looks for paths in ${part.type}.`);
}

/** The kind of a variant that a value, which was parsed by it, is of. */
function kindOf({ key = '', options }: Part, value: unknown): Part {
  const kinds = options as Part[];
  return kinds.find(({ entries }) => entries?.[key]?.literal === fieldOf(value, key))!;
}

/** Whether no path can be in it: a plain value, or one of several kinds of them. */
const isPlain = (part: Part): boolean =>
  part.type === 'union'
    ? (part.options as Part[]).every(
        (one) => isPlain(one) && Object.keys(marksOf(one)).length === 0,
      )
    : LEAVES.has(part.type);

const marksOf = ({ pipe = [] }: Part): Record<string, unknown> =>
  Object.assign({}, ...pipe.map(({ metadata }) => metadata)) as Record<string, unknown>;

const fieldOf = (value: unknown, key: string): unknown =>
  Object.hasOwn(value as object, key) ? (value as Record<string, unknown>)[key] : undefined;

function addPath(value: unknown, isSource: boolean, found: string[]): void {
  if (typeof value !== 'string' || value === '') return;
  if (!isSource || !BUILT_IN_SOURCES.includes(value)) found.push(value);
}
