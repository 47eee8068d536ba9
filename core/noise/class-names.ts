/** Classes in a config, by the names that the data have for them or by their numbers. */
import type { NoiseConfig } from '../contract/config/schema.ts';
import { InputError } from '../contract/words/errors.ts';
import { NOISES } from './kinds.ts';
import type { NumberedNoise } from './noise.ts';

/**
 * Finds every class that noise names. A name comes first, also where it is a number: in data of the
 * classes 3 to 8, class 3 is the one called so. Numbers that are no names count from 0.
 * @throws InputError where there is no such kind or class
 */
export function numbered(noise: NoiseConfig, classes: readonly string[]): NumberedNoise {
  const names = new Map(classes.map((name, i) => [name, i]));
  const of =
    (field: string) =>
    (wanted: number | string): number => {
      const named = names.get(String(wanted));
      if (named !== undefined) return named;
      // Kinds say what numbers of theirs may be.
      if (typeof wanted === 'number') return wanted;
      throw new InputError('noise.className', { field, wanted: wanted.slice(0, 60), classes });
    };
  const { reads } = NOISES.of(noise.kind);
  // What other kinds would read may be of other data, and is not looked at.
  return {
    ...noise,
    class: reads.includes('class') ? of('class')(noise.class) : 0,
    becomes: reads.includes('becomes') ? noise.becomes.map(of('becomes')) : [],
    groups: reads.includes('groups') ? noise.groups.map((group) => group.map(of('groups'))) : [],
  };
}
