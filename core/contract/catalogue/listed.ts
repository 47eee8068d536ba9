/** A list of descriptors: whatever there are several kinds of is in one such list, and nowhere else. */
import { errorPhrase, InputError } from '../words/errors.ts';

/** Descriptors in the order in which they are offered. */
export interface Listed<T> {
  all: readonly T[];
  ids: readonly string[];
  /** @throws InputError naming those that there are */
  of(id: string): T;
}

/**
 * Makes the one list of a kind of thing.
 * @param field of the config that names one, or the option of the command line
 * @throws Error where two have the same id
 */
export function listed<T extends { id: string }>(field: string, all: readonly T[]): Listed<T> {
  const byId = new Map(all.map((one) => [one.id, one]));
  if (byId.size < all.length) throw new Error(`two kinds of one id for ${field}`);
  const ids = [...byId.keys()];
  return {
    all,
    ids,
    of(id) {
      const found = byId.get(id);
      if (found) return found;
      throw new InputError(unknown(field, id, ids));
    },
  };
}

const unknown = (field: string, id: string, ids: readonly string[]) =>
  errorPhrase('config.unknownKind', {
    field: { path: field },
    value: JSON.stringify(id.slice(0, 80)),
    kinds: ids.join(', '),
  });
