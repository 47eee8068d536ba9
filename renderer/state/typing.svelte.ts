import { classesThatBegin } from '../words/class-names.ts';
import { labels } from './labels.svelte.ts';
import { review } from './review.svelte.ts';

/** Another class, chosen by the first letters of its name. */
class Typing {
  letters = $state('');
  /** The classes that begin so. */
  found = $derived(classesThatBegin(labels.view?.classes ?? [], this.letters));

  /** Types a letter. With the only class that begins so all is said. @returns whether any begins so */
  type(letter: string): boolean {
    const letters = this.letters + letter;
    const found = classesThatBegin(labels.view?.classes ?? [], letters);
    if (found.length === 0) return false;
    this.letters = letters;
    if (found.length === 1) this.choose();
    return true;
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
