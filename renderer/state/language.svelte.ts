import { LANGUAGE_CHOICES, languageOf, TEXTS } from '../../core/contract/words/texts.ts';
import type { Language, LanguageChoice } from '../../core/contract/words/texts.ts';
import { request } from './bridge.ts';
import { speakAs } from '../words/texts.ts';
import { recall, remember } from './memory.ts';

const isChoice = (value: unknown): value is LanguageChoice =>
  (LANGUAGE_CHOICES as readonly unknown[]).includes(value);

/** Which language the window speaks. */
class LanguageState {
  choice = $state<LanguageChoice>(recall<LanguageChoice>('language', 'system', isChoice));
  /** The system's, such as `he-IL`. */
  locale = $state(navigator.language);
  now = $derived<Language>(this.choice === 'system' ? languageOf(this.locale) : this.choice);
  /** The way of the page's writing. Charts, numbers and paths stay from left to right. */
  direction = $derived(TEXTS[this.now].language.direction as 'ltr' | 'rtl');

  /** Writes language and direction to the document, for style sheets, screen readers and hyphens. */
  paint(): void {
    document.documentElement.lang = this.now;
    document.documentElement.dir = this.direction;
  }

  /** Chooses a language here and for the menu and dialogs around the page. */
  choose(choice: LanguageChoice): void {
    this.choice = choice;
    remember('language', choice);
    request('host.setLanguage', { language: choice }).catch(() => undefined);
  }

  /** Takes over what the main process remembers, and the system's language as it knows it. */
  take(choice: LanguageChoice, locale: string): void {
    this.choice = choice;
    this.locale = locale;
    remember('language', choice);
  }
}

export const language = new LanguageState();
speakAs(() => language.now);
