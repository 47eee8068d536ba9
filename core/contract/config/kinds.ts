/** A Config with the kinds of a catalogue: its strict schema, and its fields as forms and pages show them. */
import * as v from 'valibot';
import { schemaOf } from '../catalogue/check.ts';
import { trainingKinds } from '../catalogue/kinds.ts';
import type { ConfigKinds, KindFace } from '../catalogue/kinds.ts';
import type { Field } from '../catalogue/field.ts';
import { ConfigSchema, NetworkSchema, NoiseSchema, TrainingSchema } from './schema.ts';

/** The schema of a Config whose kinds are those of a catalogue, and nothing else. */
export function configSchemaOf(all: ConfigKinds) {
  const { noises, networks, optimizers, losses, schemes } = all;
  const idsOf = (kinds: readonly KindFace[]) => v.picklist(kinds.map(({ id }) => id));
  const { loss, scheme } = TrainingSchema.entries;
  return v.strictObject({
    ...ConfigSchema.entries,
    noise: v.strictObject({
      ...NoiseSchema.entries,
      ...ownEntries(noises),
      kind: idsOf(noises),
    }),
    network: v.strictObject({
      ...NetworkSchema.entries,
      ...ownEntries(networks),
      preset: idsOf(networks),
    }),
    training: v.strictObject({
      ...TrainingSchema.entries,
      ...ownEntries(trainingKinds(all)),
      optimizer: idsOf(optimizers),
      loss: v.optional(idsOf(losses), loss.default),
      scheme: v.optional(idsOf(schemes), scheme.default),
    }),
  });
}

const ownEntries = (kinds: readonly KindFace[]) =>
  Object.fromEntries(kinds.flatMap(({ fields }) => fields.map((one) => [one.id, schemaOf(one)])));

/**
 * Every field of a Config by its path, such as `training.batch`.
 * @returns in the order of the schema; the fields of kinds' own come last in their part
 */
export function configFields(kinds: ConfigKinds): Map<string, Field> {
  const { noises, networks } = kinds;
  const own = { noise: noises, network: networks, training: trainingKinds(kinds) };
  const found = new Map<string, Field>();
  for (const [part, schema] of Object.entries(ConfigSchema.entries)) {
    collect(schema as unknown as Part, [part], kinds, found);
    const ofKinds = (own[part as keyof typeof own] ?? []).flatMap(({ fields }) => fields);
    for (const field of ofKinds) found.set(`${part}.${field.id}`, field);
  }
  return found;
}

/** What is used of a schema here: those of a Config are made of few kinds. */
interface Part {
  type: string;
  entries?: Record<string, Part>;
  wrapped?: Part;
  item?: Part;
  options?: readonly string[];
  default?: unknown;
  pipe?: readonly { type: string; requirement?: unknown; metadata?: Record<string, unknown> }[];
}

function collect(
  schema: Part,
  path: readonly string[],
  kinds: ConfigKinds,
  found: Map<string, Field>,
): void {
  const part = schema.wrapped ?? schema;
  if (part.entries) {
    for (const [name, entry] of Object.entries(part.entries)) {
      collect(entry, [...path, name], kinds, found);
    }
    return;
  }
  const initial = schema.wrapped ? { initial: schema.default } : {};
  found.set(path.join('.'), { ...fieldOf(path.at(-1)!, part, kinds), ...initial } as Field);
}

function fieldOf(id: string, part: Part, kinds: ConfigKinds): Field {
  const marks = marksOf(part);
  const shown = marks['field'] as 'class' | 'classes' | 'groups' | 'matrix' | undefined;
  if (shown) return { kind: shown, id };
  const named = marks['kinds'] as keyof ConfigKinds | undefined;
  if (named) return { kind: 'choice', id, options: kinds[named].map((kind) => kind.id) };
  switch (part.type) {
    case 'number':
      return { kind: 'number', id, ...boundsOf(part), slider: false };
    case 'array': {
      const { step, ...bounds } = boundsOf(part.item!);
      const most = Number(requirementOf(part, 'max_length'));
      return { kind: 'numbers', id, ...bounds, whole: step >= 1, least: 0, most };
    }
    case 'picklist':
      return { kind: 'choice', id, options: [...part.options!] };
    case 'boolean':
      return { kind: 'flag', id };
    default:
      return { kind: 'text', id };
  }
}

function boundsOf(part: Part) {
  const above = requirementOf(part, 'gt_value');
  return {
    min: Number(above ?? requirementOf(part, 'min_value')),
    max: Number(requirementOf(part, 'max_value')),
    above: above !== undefined,
    step: part.pipe?.some(({ type }) => type === 'integer') ? 1 : 0,
    percent: marksOf(part)['percent'] === true,
  };
}

/** A pipe may hold pipes: what they ask for is found in any of them. */
function stepsOf({ pipe = [] }: Part): NonNullable<Part['pipe']> {
  return pipe.flatMap((one, i) => (i === 0 ? stepsOf(one as unknown as Part) : [one]));
}

const requirementOf = (part: Part, type: string): unknown =>
  stepsOf(part).find((one) => one.type === type)?.requirement;

const marksOf = (part: Part): Record<string, unknown> =>
  Object.assign({}, ...stepsOf(part).map(({ metadata }) => metadata)) as Record<string, unknown>;
