/**
 * The kinds that a config names, as far as forms, help and reference pages tell them. Each is the face
 * of a descriptor, which lies with its implementation in a room of the core.
 */
import * as v from 'valibot';
import { FieldSchema, idSchema } from './field.ts';
import type { Field, FieldOf } from './field.ts';

/** A kind that a config names: a noise, a network, an optimizer, a loss, a training scheme. */
const kind = {
  id: idSchema,
  /** The fields of its part of a Config that it reads besides those that all kinds do, in a form's order. */
  reads: v.array(idSchema),
  /** Those of them that are its own, and not of the Config's schema. */
  fields: v.array(FieldSchema),
};

export const NoiseFaceSchema = v.object({
  ...kind,
  /** Whether `rate` itself is the share of labels that become wrong. */
  rateIsShare: v.boolean(),
});
export const NetworkFaceSchema = v.object({
  ...kind,
  /** The network's own depth, for its name; 0 where it has none. */
  depth: v.number(),
  /** Whether it takes rows of a table, and not only pictures. */
  takesRows: v.boolean(),
  /** The losses that fit it; null for all. */
  losses: v.nullable(v.array(idSchema)),
});
export const KindFaceSchema = v.object(kind);

/** A kind that a config names. */
export type KindFace = v.InferOutput<typeof KindFaceSchema>;
export type NoiseFace = v.InferOutput<typeof NoiseFaceSchema>;
export type NetworkFace = v.InferOutput<typeof NetworkFaceSchema>;

/** All of them, by the fields that name them. */
export const CONFIG_KINDS_ENTRIES = {
  noises: v.array(NoiseFaceSchema),
  networks: v.array(NetworkFaceSchema),
  optimizers: v.array(KindFaceSchema),
  losses: v.array(KindFaceSchema),
  schemes: v.array(KindFaceSchema),
};
export type ConfigKinds = {
  [K in keyof typeof CONFIG_KINDS_ENTRIES]: v.InferOutput<(typeof CONFIG_KINDS_ENTRIES)[K]>;
};

/** The kinds that a training names. */
export const trainingKinds = ({
  optimizers,
  losses,
  schemes,
}: Pick<ConfigKinds, 'optimizers' | 'losses' | 'schemes'>): KindFace[] => [
  ...optimizers,
  ...losses,
  ...schemes,
];

/**
 * What a descriptor says of the fields that its kind reads: ids of the Config's own, or whole fields. None
 * of these names a path: what the page may have read is found by the marks of the Config's own schema.
 */
export interface Reads {
  id: string;
  reads: readonly (string | Exclude<Field, FieldOf<'data'>>)[];
}

/** The face of a descriptor. */
export const kindFace = ({ id, reads }: Reads): KindFace => ({
  id,
  reads: reads.map((field) => (typeof field === 'string' ? field : field.id)),
  fields: reads.filter((field) => typeof field === 'object'),
});
