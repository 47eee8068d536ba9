/** Which page of the guide is open, and what is looked for in it. */
import type { PageId } from '../words/guide.ts';
import { windowState } from './window.svelte.ts';
import type { Place } from './window.svelte.ts';

/** The page that belongs to a place as a whole. */
const OF_PLACE: Record<Exclude<Place, 'help'>, PageId> = {
  lab: 'first-run',
  runs: 'run-folder',
  paper: 'the-paper',
  labels: 'labels',
  data: 'your-data',
  log: 'your-own-log',
};

class Help {
  page = $state<PageId>('first-run');
  /** The heading to show first; empty for the top. */
  anchor = $state('');
  query = $state('');
  #from: Place = 'lab';

  /** Opens a page at a heading. */
  open(page: PageId, anchor = ''): void {
    this.page = page;
    this.anchor = anchor;
    if (windowState.place === 'help') return;
    this.#from = windowState.place;
    windowState.go('help');
  }

  /** Opens the page that belongs to where a person is, or goes back from it: the key F1. */
  toggle(): void {
    if (windowState.place === 'help') this.leave();
    else this.open(topicHere() ?? OF_PLACE[windowState.place]);
  }

  /** Back to the place from which help was asked for. */
  leave(): void {
    windowState.go(this.#from);
  }
}

/** The page that the card in focus, or else under the pointer, names in `data-help`. */
function topicHere(): PageId | undefined {
  const hovered = [...document.querySelectorAll('[data-help]:hover')].at(-1);
  const card = document.activeElement?.closest<HTMLElement>('[data-help]') ?? hovered;
  return card instanceof HTMLElement ? (card.dataset['help'] as PageId) : undefined;
}

export const help = new Help();
