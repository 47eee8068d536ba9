import { THEMES } from '../../core/contract/messages/messages.ts';
import type { Theme } from '../../core/contract/messages/messages.ts';
import { paletteOf } from '../../core/contract/drawing/palette.ts';
import { request } from './bridge.ts';
import { recall, remember } from './memory.ts';

/** Every place, in the order of the rail. */
export const PLACES = ['lab', 'runs', 'paper', 'labels', 'data', 'log', 'help'] as const;
export type Place = (typeof PLACES)[number];
export type Card = 'data' | 'noise' | 'network' | 'training';

const isPlace = (value: unknown): value is Place => PLACES.some((one) => one === value);
const isTheme = (value: unknown): value is Theme => THEMES.some((one) => one === value);
const isFolded = (value: unknown): value is Record<Card, boolean> =>
  typeof value === 'object' && value !== null && 'data' in value && 'training' in value;

/** Where a person is and how the window looks. */
class WindowState {
  /** The file of which a person is asked whether it is a log or a data set; null where none is. */
  asked = $state<string | null>(null);
  place = $state<Place>(recall<Place>('place', 'lab', isPlace));
  theme = $state<Theme>(recall<Theme>('theme', 'system', isTheme));
  folded = $state<Record<Card, boolean>>(
    recall(
      'folded',
      { data: false, noise: false, network: innerHeight < 900, training: false },
      isFolded,
    ),
  );
  #systemDark = $state(matchMedia('(prefers-color-scheme: dark)').matches);
  dark = $derived(this.theme === 'dark' || (this.theme === 'system' && this.#systemDark));
  palette = $derived(paletteOf(this.dark));

  /** Follows the system's theme and writes the choice where style sheets see it. Call once, in an effect. */
  watch(): () => void {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const onChange = (): void => void (this.#systemDark = query.matches);
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }

  /** Writes the theme to the document, and the series colours as `--given`, `--given-text` and so on. */
  paint(): void {
    document.documentElement.dataset['theme'] = this.dark ? 'dark' : 'light';
    const { style } = document.documentElement;
    for (const name of ['given', 'truth', 'holdout', 'test', 'stop', 'other'] as const) {
      style.setProperty(`--${name}`, this.palette[name].line);
      style.setProperty(`--${name}-text`, this.palette[name].text);
    }
  }

  go(place: Place): void {
    this.place = place;
    // The guide is left again: the next opening begins where the work was.
    if (place !== 'help') remember('place', place);
  }

  /** Folds or unfolds a card of the left column. */
  fold(card: Card): void {
    this.folded[card] = !this.folded[card];
    remember('folded', $state.snapshot(this.folded));
  }

  /** Chooses a theme here and for the frame around the page. */
  setTheme(theme: Theme): void {
    this.theme = theme;
    remember('theme', theme);
    request('host.setTheme', { theme }).catch(() => undefined);
  }

  /** Takes over the theme that the main process remembers. */
  takeTheme(theme: Theme): void {
    this.theme = theme;
  }
}

export const windowState = new WindowState();
