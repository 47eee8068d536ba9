/**
 * What the core says in English, said again in the window's language. The core knows no languages:
 * its names, notes and progress words are known here by their English texts.
 */
import { TEXTS } from '../core/protocol/index.ts';
import type { TextKey } from '../core/protocol/index.ts';
import { spoken, t } from './texts.ts';

const ENGLISH = {
  'data.doing': TEXTS.en.data.doing,
  'data.formats': TEXTS.en.data.formats,
  'data.notes': TEXTS.en.data.notes,
  'lab.fields': TEXTS.en.lab.fields,
  'lab.presets': TEXTS.en.lab.presets,
  'log.notes': TEXTS.en.log.notes,
  'networks.titles': TEXTS.en.networks.titles,
  'verdict.methods': TEXTS.en.verdict.methods,
  'verdict.rules': TEXTS.en.verdict.rules,
} satisfies Record<string, Record<string, string>>;

/** A part of the texts of which the core says the English ones. */
export type Section = keyof typeof ENGLISH;

/** A text that is known by its English words, with the names of what is filled in. */
interface Known {
  key: TextKey;
  pattern: RegExp;
  names: string[];
}

const PLACE = /\{\{(\w+)\}\}/g;

/** The texts of a section, those with fewest places first: they tell most about what they match. */
function knownIn(section: Section): Known[] {
  const all = Object.entries<string>(ENGLISH[section]).map(([id, text]): Known => {
    const names = [...text.matchAll(PLACE)].map(([, name]) => name!);
    const literal = text.split(PLACE).filter((_, i) => i % 2 === 0);
    const escaped = literal.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    const key = `${section}.${id.replace(/_(one|other)$/, '')}` as TextKey;
    return { key, pattern: new RegExp(`^${escaped.join('(.+?)')}$`), names };
  });
  return all.sort((a, b) => a.names.length - b.names.length);
}

const made = new Map<Section, Known[]>();

/** The English words in the window's language; null where they are not among the section's texts. */
export function retold(section: Section, english: string): string | null {
  if (spoken() === 'en') return english;
  const texts = made.get(section) ?? knownIn(section);
  made.set(section, texts);
  for (const { key, pattern, names } of texts) {
    const found = pattern.exec(english);
    if (!found) continue;
    const values = Object.fromEntries(names.map((name, i) => [name, found[i + 1]!]));
    const n = Number(values['n']?.replaceAll(',', ''));
    return t(key, Number.isNaN(n) ? values : { ...values, count: n });
  }
  return null;
}

/** The same for words that stand in a line, where English ones do no harm. */
export function retoldName(section: Section, english: string): string {
  return retold(section, english) ?? english;
}
