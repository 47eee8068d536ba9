/** Every text that people read, in their language; the texts themselves are in assets/texts. */
import i18next from 'i18next';
import english from '../../../assets/texts/en.json';
import hebrew from '../../../assets/texts/he.json';

/** The languages, each with its file. A new one is one file and its line here. */
export const TEXTS = { en: english, he: hebrew } as const;
export type Language = keyof typeof TEXTS;
export const LANGUAGES = Object.keys(TEXTS) as Language[];
/** What a person chooses: a language, or that of the system. */
export const LANGUAGE_CHOICES = ['system', ...LANGUAGES] as const;
export type LanguageChoice = (typeof LANGUAGE_CHOICES)[number];

/** Paths of all texts in a file: `lab.title`; of plural forms, the path without `_one` and `_other`. */
type Paths<T> = {
  [K in keyof T & string]: T[K] extends string ? Singular<K> : `${K}.${Paths<T[K]>}`;
}[keyof T & string];
/** A key without the ending of its plural form. */
export type Singular<K extends string> = K extends `${infer Stem}_${'one' | 'two' | 'other'}`
  ? Stem
  : K;

/** The key of a text. */
export type TextKey = Paths<typeof english>;

/** What is filled in at `{{name}}`; `count` also chooses the plural form. */
export type TextValues = Record<string, string | number>;

/** A text in some language, with its values filled in. */
export type Translate = (key: TextKey, values?: TextValues) => string;

/** Marks a value as running its own way (Unicode FSI and PDI), so that Hebrew around it stays in order. */
const isolated = (value: string): string => `\u2068${value}\u2069`;

const made = new Map<Language, Translate>();

/** The texts of a language; a missing one reads as in English (a test finds it before a person does). */
export function textsIn(language: Language): Translate {
  const known = made.get(language);
  if (known) return known;
  const instance = i18next.createInstance();
  void instance.init({
    lng: language,
    fallbackLng: 'en',
    // The texts are at hand, so nothing needs to be waited for.
    initAsync: false,
    resources: Object.fromEntries(LANGUAGES.map((each) => [each, { translation: TEXTS[each] }])),
    interpolation: {
      escapeValue: TEXTS[language].language.direction === 'rtl',
      escape: (value: unknown) => isolated(String(value)),
    },
  });
  const translate: Translate = (key, values) => instance.t(key, { ...values });
  made.set(language, translate);
  return translate;
}

/** For whatever people read outside the window: command line, reports, files. */
export const inEnglish: Translate = textsIn('en');

/**
 * The locale that a process is told to speak in, such as `he_IL.UTF-8`; the system's own where the
 * environment names none, as on Windows.
 */
export function localeOf(env: Readonly<Record<string, string | undefined>>): string {
  const named = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'];
  return named || Intl.DateTimeFormat().resolvedOptions().locale;
}

/** The language of a locale such as `he-IL`; English where we do not have it. */
export function languageOf(locale: string): Language {
  const [code = ''] = locale.toLowerCase().split(/[-_]/);
  return LANGUAGES.find((one) => TEXTS[one].language.codes.split(' ').includes(code)) ?? 'en';
}
