/**
 * The catalogue: what there is to choose from, as far as forms, help and reference pages tell it. Each
 * entry is the face of a descriptor, which lies with its implementation in a room of the core.
 */
import * as v from 'valibot';
import { idSchema } from '../catalogue/field.ts';
import { CONFIG_KINDS_ENTRIES } from '../catalogue/kinds.ts';
import { PhraseSchema } from '../words/phrase.ts';
import { FigureInfoSchema } from './figures.ts';

/** Something that can be named and needs no more words. */
const entry = { id: idSchema };
/** A format of a file, and how its name ends. */
const file = { ...entry, extension: idSchema };

/** Everything there is, by what it is. Its order is that of pick lists. */
export const CatalogueSchema = v.object({
  ...CONFIG_KINDS_ENTRIES,
  /** Stopping rules that a verdict is compared with. */
  rules: v.array(v.object(entry)),
  reports: v.array(v.object(file)),
  exports: v.array(v.object(entry)),
  /** Files and folders that audited labels are written to; a folder has no extension. */
  labelFormats: v.array(v.object({ ...entry, extension: v.nullable(idSchema) })),
  figures: v.array(FigureInfoSchema),
  figureFormats: v.array(v.object(file)),
  /** Kinds of data sets that can be read; `uses` are the fields of `data.reading` that each takes. */
  readers: v.array(v.object({ ...entry, format: PhraseSchema, uses: v.array(v.string()) })),
  logs: v.array(v.object(entry)),
});
export type Catalogue = v.InferOutput<typeof CatalogueSchema>;

/** No kinds: as long as the core has told none. */
export const NO_CATALOGUE: Catalogue = {
  noises: [],
  networks: [],
  optimizers: [],
  losses: [],
  schemes: [],
  rules: [],
  reports: [],
  exports: [],
  labelFormats: [],
  figures: [],
  figureFormats: [],
  readers: [],
  logs: [],
};
