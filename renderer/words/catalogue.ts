/** What there is to choose from, as the core of the moment tells it. */
import { configFields, configSchemaOf } from '../../core/contract/config/kinds.ts';
import type { Field } from '../../core/contract/catalogue/field.ts';
import { NO_CATALOGUE } from '../../core/contract/messages/catalogue.ts';
import type { Catalogue } from '../../core/contract/messages/catalogue.ts';

let catalogueNow: () => Catalogue = () => NO_CATALOGUE;

/** Names who tells the catalogue. What is told there must be state, for lists to change with it at once. */
export function chooseFrom(tell: () => Catalogue): void {
  catalogueNow = tell;
}

/** Everything there is; nothing until the core has answered. */
export const catalogue = (): Catalogue => catalogueNow();

/** Made once for each catalogue. */
function madeOnce<T>(make: (of: Catalogue) => T): () => T {
  let last: { of: Catalogue; made: T } | null = null;
  return () => {
    const of = catalogue();
    if (last?.of !== of) last = { of, made: make(of) };
    return last.made;
  };
}

const fieldsNow = madeOnce(configFields);

/** The schema of a Config whose kinds there are. */
export const strictSchema = madeOnce(configSchemaOf);

/** The ids of the fields that a part of a Config has, in the order of its schema. */
export const configFieldsOf = (part: string): string[] =>
  [...fieldsNow().keys()].flatMap((path) => {
    const [room, id, more] = path.split('.');
    return room === part && id !== undefined && more === undefined ? [id] : [];
  });

/** A field of a Config by its path, such as `training.batch`; undefined where there is none. */
export const configField = (path: string): Field | undefined => fieldsNow().get(path);
