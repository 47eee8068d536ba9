/**
 * The catalogue: what there is to choose from, as far as forms, help and reference pages tell it. Each
 * entry is the face of a descriptor, which lies with its implementation in a room of the core.
 */
import * as v from 'valibot';
import { FigureInfoSchema } from '../messages/figures.ts';
import { PhraseSchema } from '../words/phrase.ts';
import { FieldSchema, idSchema } from './field.ts';
import type { Field } from './field.ts';

/** Something that can be named and needs no more words. */
const entry = { id: idSchema };

/** A kind that a config names: a noise, a network, an optimizer, a loss. */
const kind = {
  ...entry,
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
const KindFaceSchema = v.object(kind);

/** Everything there is, by what it is. Its order is that of pick lists. */
export const CatalogueSchema = v.object({
  noises: v.array(NoiseFaceSchema),
  networks: v.array(NetworkFaceSchema),
  optimizers: v.array(KindFaceSchema),
  losses: v.array(KindFaceSchema),
  /** Stopping rules that a verdict is compared with. */
  rules: v.array(v.object(entry)),
  reports: v.array(v.object(entry)),
  exports: v.array(v.object(entry)),
  figures: v.array(FigureInfoSchema),
  figureFormats: v.array(v.object(entry)),
  /** Kinds of data sets that can be read, and of logs. */
  readers: v.array(v.object({ ...entry, format: PhraseSchema })),
  logs: v.array(v.object({ ...entry, format: PhraseSchema })),
});
export type Catalogue = v.InferOutput<typeof CatalogueSchema>;
/** A kind that a config names. */
export type KindFace = v.InferOutput<typeof KindFaceSchema>;
export type NoiseFace = v.InferOutput<typeof NoiseFaceSchema>;
export type NetworkFace = v.InferOutput<typeof NetworkFaceSchema>;

/** The kinds that a config names, by the field that names them. */
export type ConfigKinds = Pick<Catalogue, 'noises' | 'networks' | 'optimizers' | 'losses'>;

/** No kinds: as long as the core has told none. */
export const NO_CATALOGUE: Catalogue = {
  noises: [],
  networks: [],
  optimizers: [],
  losses: [],
  rules: [],
  reports: [],
  exports: [],
  figures: [],
  figureFormats: [],
  readers: [],
  logs: [],
};

/** What a descriptor says of the fields that its kind reads: ids of the Config's own, or whole fields. */
export interface Reads {
  id: string;
  reads: readonly (string | Field)[];
}

/** The face of a descriptor. */
export const kindFace = ({ id, reads }: Reads): KindFace => ({
  id,
  reads: reads.map((field) => (typeof field === 'string' ? field : field.id)),
  fields: reads.filter((field) => typeof field === 'object'),
});
