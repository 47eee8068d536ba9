/** Random values that a schema of the protocol accepts, or all but accepts. */
import fc from 'fast-check';
import type { GenericSchema } from 'valibot';

interface Part {
  type: string;
  pipe?: readonly { type: string; requirement?: unknown }[];
  entries?: Record<string, Part>;
  wrapped?: Part;
  item?: Part;
  items?: readonly Part[];
  rest?: Part;
  key?: Part;
  value?: Part;
  options?: readonly unknown[];
  literal?: unknown;
}

/** Values that one method or another knows what to do with. */
const WORDS = ['mnist', 'clusters', 'label', 'loss', 'metrics.jsonl', '../runs', '/etc/passwd', ''];

/**
 * @param schema of a method's parameters
 * @param ids of runs that are there
 */
export const arbitraryOf = (schema: GenericSchema, ids: readonly string[]): fc.Arbitrary<unknown> =>
  of(schema as unknown as Part, ids);

function of(part: Part, ids: readonly string[]): fc.Arbitrary<unknown> {
  const inner = (one: Part): fc.Arbitrary<unknown> => of(one, ids);
  switch (part.type) {
    case 'string':
      return textOf(part, ids);
    case 'number':
      return numberOf(part);
    case 'boolean':
      return fc.boolean();
    case 'picklist':
      return fc.constantFrom(...part.options!);
    case 'literal':
      return fc.constant(part.literal);
    case 'optional':
      return fc.option(inner(part.wrapped!), { nil: undefined, freq: 2 });
    case 'nullable':
      return fc.option(inner(part.wrapped!), { nil: null });
    case 'array':
      return fc.array(inner(part.item!), { maxLength: 4 });
    case 'tuple_with_rest':
      return fc
        .tuple(fc.tuple(...part.items!.map(inner)), fc.array(inner(part.rest!), { maxLength: 3 }))
        .map(([first, rest]) => [...first, ...rest]);
    case 'record':
      return fc.dictionary(inner(part.key!) as fc.Arbitrary<string>, inner(part.value!), {
        maxKeys: 4,
      });
    case 'union':
    case 'variant':
      return fc.oneof(...part.options!.map((one) => inner(one as Part)));
    case 'strict_object':
      return entriesOf(part, ids);
    case 'loose_object':
      // With settings that no kind knows.
      return fc
        .tuple(entriesOf(part, ids), fc.dictionary(OWN_NAME, OWN_SETTING, { maxKeys: 3 }))
        .map(([known, own]) => ({ ...own, ...(known as object) }));
    default:
      throw new Error(`No one has made ${part.type} at random so far.`);
  }
}

const OWN_NAME = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,8}$/);
const OWN_SETTING = fc.oneof(fc.double(), fc.string({ maxLength: 20 }), fc.boolean());

const entriesOf = (part: Part, ids: readonly string[]): fc.Arbitrary<unknown> =>
  fc.record(
    Object.fromEntries(Object.entries(part.entries!).map(([key, one]) => [key, of(one, ids)])),
  );

const requirement = ({ pipe = [] }: Part, type: string): unknown =>
  pipe.find((action) => action.type === type)?.requirement;

function textOf(part: Part, ids: readonly string[]): fc.Arbitrary<unknown> {
  const form = requirement(part, 'regex') as RegExp | undefined;
  if (form) return fc.oneof(fc.constantFrom('1', ...ids), fc.stringMatching(form));
  const most = requirement(part, 'max_length') as number | undefined;
  return fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: Math.min(most ?? 40, 40) }));
}

/** Small ones mostly, and those at the bounds. */
function numberOf(part: Part): fc.Arbitrary<unknown> {
  const low = (requirement(part, 'min_value') ?? requirement(part, 'gt_value') ?? -1e6) as number;
  const high = (requirement(part, 'max_value') ?? 1e6) as number;
  const near = Math.min(high, low + 50);
  const isWhole = (part.pipe ?? []).some(({ type }) => type === 'integer');
  const between = isWhole
    ? fc.integer({ min: low, max: near })
    : fc.double({ min: low, max: near, noNaN: true });
  return fc.oneof(
    { weight: 8, arbitrary: between },
    { weight: 1, arbitrary: fc.constantFrom(low, high) },
  );
}
