/** The keys of a review. Each does what the button beside its name does. */
import { needsKey } from '../../state/keys.ts';
import { language } from '../../state/language.svelte.ts';
import { review } from '../../state/review.svelte.ts';
import { suspects } from '../../state/suspects.svelte.ts';
import { typing } from '../../state/typing.svelte.ts';

/** How many places on an arrow leads along the way of reading; 0 for another key. */
export function stepOf(key: string): -1 | 0 | 1 {
  const forward = language.direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  if (key === forward) return 1;
  return key === 'ArrowLeft' || key === 'ArrowRight' ? -1 : 0;
}

const isButton = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button') !== null;

/** Does what a key stands for. @returns whether it stands for something */
export function press(event: KeyboardEvent): boolean {
  const { key, target } = event;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && letterOf(event) === 'z') {
    if (needsKey(target, new KeyboardEvent('keydown', { key }))) return false;
    review.undo();
    return true;
  }
  if (needsKey(target, event)) return false;
  if ((key === 'Enter' || key === ' ') && isButton(target)) return false;
  // What is looked at is hidden by the batch, so nothing is decided about it.
  if (review.previewing) return key === 'Escape' && leave();
  return pressNamed(key) || pressLetter(event);
}

/** The Latin letter of a key: on a Hebrew keyboard the one that is printed beside the Hebrew. */
function letterOf({ key, code }: KeyboardEvent): string {
  const isLatin = /^[a-z]$/i.test(key);
  return (isLatin ? key : code.replace(/^Key/, '')).toLowerCase();
}

function pressNamed(key: string): boolean {
  const isTyping = typing.letters !== '';
  switch (key) {
    case 'Enter':
      if (isTyping) typing.choose();
      else review.accept();
      return true;
    case 'Backspace':
      if (isTyping) typing.erase();
      else review.keep();
      return true;
    case 'Delete':
      typing.cancel();
      review.decide({ choice: 'remove' });
      return true;
    case 'Escape':
      return leave();
    default: {
      const step = review.grid ? 0 : stepOf(key);
      if (step === 0) return false;
      typing.cancel();
      suspects.step(step);
      return true;
    }
  }
}

/** Leaves what was opened last. */
function leave(): boolean {
  if (typing.letters !== '') typing.cancel();
  else if (review.previewing) review.previewing = false;
  else if (review.selected.size > 0) review.clear();
  else if (review.grid) review.grid = false;
  else return false;
  return true;
}

function pressLetter(event: KeyboardEvent): boolean {
  const { key } = event;
  if (key.length !== 1) return false;
  const isFirst = typing.letters === '';
  // A large G is the grid's also where a class begins with it.
  if (isFirst && key === 'G') return toggleGrid();
  if (isFirst && key === '?') {
    review.decide({ choice: 'unsure' });
    return true;
  }
  if (isFirst && key === ' ') return false;
  return typing.type(key) || (isFirst && letterOf(event) === 'g' && toggleGrid());
}

function toggleGrid(): boolean {
  review.grid = !review.grid;
  return true;
}
