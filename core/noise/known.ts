/** Classes of well-known data sets, recognized by their names. */
import { note } from '../contract/words/notes.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import type { KnownSet } from '../data/known.ts';

/** Superclasses of CIFAR-100 (Krizhevsky 2009), each in the order of its class numbers. */
const CIFAR100 = `
beaver dolphin otter seal whale
aquarium_fish flatfish ray shark trout
orchid poppy rose sunflower tulip
bottle bowl can cup plate
apple mushroom orange pear sweet_pepper
clock keyboard lamp telephone television
bed chair couch table wardrobe
bee beetle butterfly caterpillar cockroach
bear leopard lion tiger wolf
bridge castle house road skyscraper
cloud forest mountain plain sea
camel cattle chimpanzee elephant kangaroo
fox porcupine possum raccoon skunk
crab lobster snail spider worm
baby boy girl man woman
crocodile dinosaur lizard snake turtle
hamster mouse rabbit shrew squirrel
maple_tree oak_tree palm_tree pine_tree willow_tree
bicycle bus motorcycle pickup_truck train
lawn_mower rocket streetcar tank tractor`
  .trim()
  .split('\n')
  .map((line) => line.split(' '));

const DIGITS = Array.from('0123456789');
const CIFAR10 = 'airplane automobile bird cat deer dog frog horse ship truck'.split(' ');

/** What looks alike: 2 -> 7, 3 -> 8, 5 <-> 6, 7 -> 1 and the like (Patrini et al. 2017). */
const DIGIT_MISTAKES = { 2: '7', 3: '8', 5: '6', 6: '5', 7: '1' };
const CIFAR10_MISTAKES = {
  truck: 'automobile',
  bird: 'airplane',
  deer: 'horse',
  cat: 'dog',
  dog: 'cat',
};

const plainName = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, '_');

/** Names of the classes of CIFAR-100 where the data only number them, in which they go by the alphabet. */
const named = (classes: readonly string[], set: KnownSet): readonly string[] =>
  set === 'cifar-100' ? CIFAR100.flat().sort() : classes;

/**
 * The numbers of classes that are mistaken for each other; null where nothing is known of them.
 * @param set which data set numbers its classes
 */
export function knownGroups(classes: readonly string[], set: KnownSet): number[][] | null {
  const numbers = numbersOf(named(classes, set), CIFAR100.flat());
  return numbers && CIFAR100.map((group) => group.map((name) => numbers.get(name)!));
}

/**
 * What each class is mistaken for, its own number where for none; null where nothing is known.
 * @param set which data set numbers its classes; others may number theirs alike
 */
export function knownMistakes(classes: readonly string[], set: KnownSet): number[] | null {
  return (
    (set === 'mnist' ? mistakes(classes, DIGITS, DIGIT_MISTAKES) : null) ??
    mistakes(classes, CIFAR10, CIFAR10_MISTAKES) ??
    mistakes(named(classes, set), CIFAR100.flat(), nextInGroup())
  );
}

/** What is said where groups or mistakes are those that are known. @param set which data set it is */
export const guessedOf = (set: KnownSet): Phrase[] =>
  set === 'cifar-100' ? [note('cifar100')] : [];

/** Each class the next of its superclass, the last the first (Patrini et al. 2017). */
function nextInGroup(): Record<string, string> {
  return Object.fromEntries(
    CIFAR100.flatMap((group) => group.map((name, i) => [name, group[(i + 1) % group.length]!])),
  );
}

function mistakes(
  classes: readonly string[],
  names: readonly string[],
  wrong: Readonly<Record<string, string>>,
): number[] | null {
  const numbers = numbersOf(classes, names);
  if (!numbers) return null;
  return classes.map((name, i) => numbers.get(wrong[plainName(name)] ?? '') ?? i);
}

/** The class number of each name; null where the classes have other names. */
function numbersOf(
  classes: readonly string[],
  names: readonly string[],
): Map<string, number> | null {
  const numbers = new Map(classes.map((name, i) => [plainName(name), i]));
  const same = classes.length === names.length && names.every((name) => numbers.has(name));
  return same ? numbers : null;
}
