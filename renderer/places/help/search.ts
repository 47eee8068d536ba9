/** Searches the pages of the guide for words. */
import type { Language } from '../../../core/contract/words/texts.ts';
import { ORDER, pageOf } from '../../words/guide.ts';
import type { PageId } from '../../words/guide.ts';

/** A section that holds all words that were looked for. */
export interface FoundSection {
  page: PageId;
  language: Language;
  pageTitle: string;
  anchor: string;
  title: string;
  /** What stands around the first of the words, in three parts, the middle one being that word. */
  excerpt: [before: string, word: string, after: string];
}

/** Characters shown before and after a word. */
const [BEFORE, AFTER] = [40, 90];
const MOST = 40;

/** The sections that hold every word, those with the words in their headings first. @param query as typed */
export function search(query: string, language: Language): FoundSection[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found = ORDER.flatMap((id) => {
    const page = pageOf(id, language);
    return page.sections.flatMap((section) => {
      const text = section.words.toLowerCase();
      if (!words.every((word) => text.includes(word))) return [];
      const inTitle = words.filter((word) => section.title.toLowerCase().includes(word)).length;
      const hit: FoundSection = {
        page: id,
        language: page.language,
        pageTitle: page.title,
        anchor: section.anchor,
        title: section.title,
        excerpt: excerptOf(section.words, words[0]!),
      };
      return [{ hit, inTitle }];
    });
  });
  return found
    .toSorted((a, b) => b.inTitle - a.inTitle)
    .slice(0, MOST)
    .map(({ hit }) => hit);
}

function excerptOf(text: string, word: string): FoundSection['excerpt'] {
  const at = Math.max(0, text.toLowerCase().indexOf(word));
  const end = at + word.length;
  const before = text.slice(Math.max(0, at - BEFORE), at);
  const after = text.slice(end, end + AFTER);
  return [
    `${at > BEFORE ? '…' : ''}${before}`,
    text.slice(at, end),
    `${after}${end + AFTER < text.length ? '…' : ''}`,
  ];
}
