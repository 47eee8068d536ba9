/** Classes in a config, by the names that the data have for them or by their numbers. */
import type { NoiseConfig } from '../contract/config/schema.ts';
import { InputError } from '../contract/words/errors.ts';

/** Noise whose classes are numbers of the data's own. */
export type NumberedNoise = Omit<NoiseConfig, 'class' | 'becomes' | 'groups'> & {
  class: number;
  becomes: number[];
  groups: number[][];
};

/**
 * Finds every class that noise names. A name comes first, also where it is a number: in data of the
 * classes 3 to 8, class 3 is the one called so. Numbers that are no names count from 0.
 * @throws InputError where there is no such class
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
  const { kind } = noise;
  // What other kinds would read may be of other data, and is not looked at.
  return {
    ...noise,
    class: kind === 'one-class' ? of('class')(noise.class) : 0,
    becomes: kind === 'asymmetric' ? noise.becomes.map(of('becomes')) : [],
    groups: kind === 'block' ? noise.groups.map((group) => group.map(of('groups'))) : [],
  };
}
