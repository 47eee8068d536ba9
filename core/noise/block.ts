import { InputError } from '../contract/words/errors.ts';
import { drawnFrom } from './draw.ts';
import { guessedOf, knownGroups } from './known.ts';
import { rowsOf, stays } from './noise.ts';
import type { NoiseInput, NoiseKind, Rows } from './noise.ts';
import { amongSeen } from './seen.ts';

const rows: Rows = (input) => {
  const { length } = input.classes;
  const groups = groupsOf(input);
  return rowsOf(length, (label) => {
    const others = groups.find((group) => group.includes(label))?.filter((one) => one !== label);
    const row = stays(length, label);
    if (!others || others.length === 0) return row;
    row[label]! -= input.noise.rate;
    for (const other of others) row[other] = input.noise.rate / others.length;
    return row;
  });
};

/**
 * With the chance `noise.rate` another class of the same group, each as likely: `noise.groups`, or
 * the superclasses of CIFAR-100. Classes in no group, or alone in one, stay.
 * @throws InputError where no groups are known, or a class is unknown or in two of them
 */
export const block: NoiseKind = {
  id: 'block',
  reads: ['rate', 'groups'],
  notes: ({ groups }, set) => (groups.length === 0 ? guessedOf(set) : []),
  ...amongSeen(drawnFrom(rows)),
};

function groupsOf({ classes, known: set, noise: { groups } }: NoiseInput): number[][] {
  if (groups.length === 0) {
    const known = knownGroups(classes, set);
    if (known) return known;
    throw new InputError('noise.groupsEmpty', { field: { path: 'noise.groups' } });
  }
  const all = groups.flat();
  const unknown = all.find((label) => label >= classes.length);
  if (unknown !== undefined) {
    throw new InputError('noise.classRange', {
      unknown,
      last: classes.length - 1,
      field: { path: 'noise.groups' },
    });
  }
  const twice = all.find((label, i) => all.indexOf(label) !== i);
  if (twice !== undefined) {
    throw new InputError('noise.twice', { twice, field: { path: 'noise.groups' } });
  }
  return groups;
}
