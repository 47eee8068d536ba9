import { classesThatBegin, nameOfClass } from '../words/class-names.ts';
import { labels } from './labels.svelte.ts';
import { review } from './review.svelte.ts';

/** Letters that come quicker after one another, in milliseconds, are those of one name. */
const ONE_NAME = 500;

/** Another class, chosen by the first letters of its name. */
class Typing {
  letters = $state('');
  /** The classes that begin so. */
  found = $derived(classesThatBegin(labels.view?.classes ?? [], this.letters));

  /** What is left of a name that was understood before it was typed whole, and when its last letter came. */
  #rest = '';
  #last = -ONE_NAME;

  /** Types a letter. With the only class that begins so all is said. @returns whether any begins so */
  type(letter: string): boolean {
    if (this.#goesOn(letter)) return true;
    const classes = labels.view?.classes ?? [];
    const letters = this.letters + letter;
    const found = classesThatBegin(classes, letters);
    if (found.length === 0) return false;
    this.letters = letters;
    if (found.length > 1) return true;
    this.#rest = nameOfClass(classes, found[0]!).slice(letters.length);
    this.#last = performance.now();
    this.choose();
    return true;
  }

  /** Whether a letter only ends a name that was understood already: it says nothing of the next suspect. */
  #goesOn(letter: string): boolean {
    const now = performance.now();
    const isNext = this.#rest[0]?.toLocaleLowerCase() === letter.toLocaleLowerCase();
    const isQuick = now - this.#last < ONE_NAME;
    this.#rest = isNext && isQuick ? this.#rest.slice(1) : '';
    this.#last = now;
    return isNext && isQuick;
  }

  /** Decides for the first that begins so. */
  choose(): void {
    const [label] = this.found;
    this.letters = '';
    if (label !== undefined) review.decide({ choice: 'class', class: label });
  }

  erase(): void {
    this.letters = this.letters.slice(0, -1);
  }

  cancel(): void {
    this.letters = '';
  }
}

export const typing = new Typing();
