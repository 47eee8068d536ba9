import type { Suspect, SuspectDetail, SuspectFilter } from '../../core/contract/messages/labels.ts';
import type { Phrase } from '../../core/contract/words/phrase.ts';
import { request, whatWentWrong } from './bridge.ts';
import { labels } from './labels.svelte.ts';
import { Turns } from './turns.ts';

/** So many are asked for at once. */
const PAGE = 60;
/** The next page is asked for when so many are left. */
const AHEAD = 40;
/** Details of so many are kept, for going back. */
const KEPT = 200;
/** A filter that is typed or dragged is used when it rests, in milliseconds. */
const REST = 150;

const FIRST: SuspectFilter = {
  part: 'train',
  given: null,
  likely: null,
  above: 0.5,
  show: 'open',
  search: '',
};

/** What names a suspect among all of a run. */
export const suspectKey = ({ part, index }: Pick<Suspect, 'part' | 'index'>): string =>
  `${part}-${index}`;

/** The suspects that fit a filter, a page at a time, and which of them is looked at. */
class Suspects {
  filter = $state.raw<SuspectFilter>(FIRST);
  /** Those that are here. One that was decided about stays in its place until the list is made anew. */
  items = $state.raw<readonly Suspect[]>([]);
  /** How many more there are. */
  beyond = $state(0);
  /** The place of the one looked at; behind the last one where all are done. */
  at = $state(0);
  loaded = $state(false);
  problem = $state.raw<Phrase | null>(null);
  detailProblem = $state.raw<Phrase | null>(null);
  #details = $state.raw<ReadonlyMap<string, SuspectDetail>>(new Map());

  total = $derived(this.items.length + this.beyond);
  current = $derived<Suspect | null>(this.items[this.at] ?? null);
  /** The one after it, which is drawn before it is wanted. */
  next = $derived<Suspect | null>(this.items[this.at + 1] ?? null);
  /** Why the one looked at is suspected; null until that is here. */
  detail = $derived(this.current ? (this.#details.get(suspectKey(this.current)) ?? null) : null);

  readonly turns = new Turns();
  /** Which list is wanted: an answer for an older one comes too late. */
  #list = 0;
  #isAsking = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #asked = new Set<string>();
  /** The run that is listed. */
  #audit: string | null = null;

  /** Begins with another audit, or with the same as it is by now. */
  begin(): void {
    const { view } = labels;
    if (!view) return;
    this.#details = new Map();
    this.#asked.clear();
    const { part } = this.filter;
    const isThere = view.parts.some((one) => one.part === part);
    const known = isThere && this.items.length > 0 && this.#audit === view.id;
    if (!known) this.filter = { ...FIRST, part: isThere ? part : (view.parts[0]?.part ?? 'train') };
    this.#audit = view.id;
    this.reload(known && this.current ? suspectKey(this.current) : null);
  }

  /** Lists others. */
  choose(changes: Partial<SuspectFilter>): void {
    // A pair of classes and a search belong to the part where they were chosen.
    const fresh = changes.part ? { given: null, likely: null, search: '' } : {};
    this.filter = { ...this.filter, ...fresh, ...changes };
    const isMoving = 'above' in changes || 'search' in changes;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.reload(), isMoving ? REST : 0);
  }

  /** Makes the list anew. @param at the key of the suspect to look at; the first where it is not there */
  reload(at: string | null = null): void {
    const list = ++this.#list;
    void this.turns.take(async () => {
      const page = await this.#ask(list, 0);
      if (!page) return;
      this.items = page.suspects;
      this.beyond = Math.max(0, page.total - page.suspects.length);
      this.at = Math.max(
        0,
        page.suspects.findIndex((one) => suspectKey(one) === at),
      );
      this.loaded = true;
      this.#lookAhead();
    });
  }

  /** Asks for the next page. */
  more(): void {
    if (this.#isAsking || this.beyond === 0) return;
    this.#isAsking = true;
    const list = this.#list;
    void this.turns.take(async () => {
      const { show } = this.filter;
      // What is decided by now is no longer listed as open; a page that begins too early has some twice.
      const from =
        show === 'open'
          ? this.items.filter(({ decision }) => decision === null).length
          : this.items.length;
      const page = await this.#ask(list, from);
      this.#isAsking = false;
      if (!page) return;
      const known = new Set(this.items.map(suspectKey));
      this.items = [...this.items, ...page.suspects.filter((one) => !known.has(suspectKey(one)))];
      this.beyond = Math.max(0, page.total - from - page.suspects.length);
      this.#lookAhead();
    });
  }

  async #ask(list: number, from: number) {
    const id = labels.view?.id;
    if (id === undefined || list !== this.#list) return null;
    try {
      const asked = { id, ...this.filter, from, count: PAGE };
      const page = await request('labels.suspects', asked);
      if (list !== this.#list) return null;
      this.problem = null;
      return page;
    } catch (error) {
      if (list === this.#list) this.problem = whatWentWrong(error);
      return null;
    }
  }

  /** Looks at the one so many places on. */
  step(by: number): void {
    this.go(this.at + by);
  }

  /** Looks at the one at a place of the list. */
  go(at: number): void {
    this.at = Math.max(0, Math.min(this.items.length, at));
    this.#lookAhead();
  }

  /** Changes some of those that are here. @param changed by key */
  change(changed: ReadonlyMap<string, Suspect['decision']>): void {
    this.items = this.items.map((one) => {
      const decision = changed.get(suspectKey(one));
      return decision === undefined ? one : { ...one, decision };
    });
  }

  /** The place of a suspect; -1 where it is not here. */
  placeOf(key: string): number {
    return this.items.findIndex((one) => suspectKey(one) === key);
  }

  /** What will be wanted soon: the next page, and why the next suspects are suspected. */
  #lookAhead(): void {
    if (this.at >= this.items.length - AHEAD) this.more();
    for (const one of this.items.slice(this.at, this.at + 3)) void this.#explain(one);
  }

  async #explain({ part, index }: Suspect): Promise<void> {
    const id = labels.view?.id;
    const key = suspectKey({ part, index });
    if (id === undefined || this.#asked.has(key)) return;
    this.#asked.add(key);
    try {
      const detail = await request('labels.suspect', { id, part, index });
      if (id !== labels.view?.id) return;
      this.#details = new Map([...[...this.#details].slice(-KEPT), [key, detail]]);
      this.detailProblem = null;
    } catch (error) {
      this.#asked.delete(key);
      this.detailProblem = whatWentWrong(error);
    }
  }
}

export const suspects = new Suspects();
