/// <reference types="vite/client" />
/** The pages of the guide: those of assets/guide, which are read on the code host as well. */
import { lexer } from 'marked';
import type { Token, Tokens } from 'marked';
import type { Language } from '../../core/contract/words/texts.ts';

/** A heading and what stands under it. */
export interface Section {
  /** Its heading as an anchor; empty above the first one. */
  anchor: string;
  title: string;
  /** Its words, without marks, for the search. */
  words: string;
}

/** A page in one language. */
export interface GuidePage {
  id: string;
  language: Language;
  title: string;
  tokens: Token[];
  sections: Section[];
}

const TEXTS = import.meta.glob<string>('../../assets/guide/**/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const PICTURES = import.meta.glob<string>(
  ['../../assets/guide/images/*.png', '../../assets/lab.png'],
  {
    query: '?url',
    import: 'default',
    eager: true,
  },
);
const RECIPES = import.meta.glob<string>('../../assets/guide/recipes/*.py', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const FOLDER = '../../assets/guide/';

/** The pages in the order in which they are listed; the test of the guide holds that none is missing. */
export const ORDER = [
  'first-run',
  'your-data',
  'noise',
  'recommendation',
  'labels',
  'your-own-log',
  'records',
  'the-paper',
  'sweeps',
  'run-folder',
  'archives',
  'speed',
  'command-line',
  'config',
  'installing',
  'developing',
] as const;
export type PageId = (typeof ORDER)[number];

const made = new Map<string, GuidePage>();

/** A page in a language; in English where there is none in that one. */
export function pageOf(id: PageId, language: Language): GuidePage {
  const own = language === 'en' ? undefined : TEXTS[`${FOLDER}${language}/${id}.md`];
  const spoken = own === undefined ? 'en' : language;
  const key = `${spoken}/${id}`;
  const known = made.get(key);
  if (known) return known;
  const page = parse(id, spoken, own ?? TEXTS[`${FOLDER}${id}.md`] ?? '');
  made.set(key, page);
  return page;
}

/** The address of a picture that a page names; null where there is none of that name. */
export function pictureOf(href: string): string | null {
  return byName(PICTURES, href);
}

/** The text of a file of Python that a page links to; null where there is none of that name. */
export function recipeOf(href: string): string | null {
  return byName(RECIPES, href);
}

function byName(files: Record<string, string>, href: string): string | null {
  const name = href.split('/').at(-1) ?? '';
  return Object.entries(files).find(([path]) => path.endsWith(`/${name}`))?.[1] ?? null;
}

/** Where a link of a page leads: to a page and a heading of it; null for one that leaves the guide. */
export function targetOf(href: string, from: PageId): { page: PageId; anchor: string } | null {
  const [path = '', anchor = ''] = href.split('#');
  if (path === '') return { page: from, anchor };
  const id = /^(?:\.{1,2}\/)*([\w-]+)\.md$/.exec(path)?.[1];
  const page = ORDER.find((one) => one === id);
  return page ? { page, anchor } : null;
}

/** A heading as code hosts name it in links: lower case, words joined by hyphens. */
export function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

function parse(id: PageId, language: Language, text: string): GuidePage {
  const tokens = lexer(text);
  const first = tokens.find((token) => token.type === 'heading');
  const sections: Section[] = [];
  for (const token of tokens) {
    const words = textOfToken(token);
    if (token.type === 'heading') sections.push({ anchor: anchorOf(words), title: words, words });
    else if (sections.length > 0) sections.at(-1)!.words += ` ${words}`;
  }
  return { id, language, title: first ? textOfToken(first) : id, tokens, sections };
}

/** The words of a token and of all within it. */
export function textOfToken(token: Token): string {
  if (token.type === 'space' || token.type === 'image') return '';
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    return [header, ...rows]
      .flat()
      .map((cell) => cell.tokens.map(textOfToken).join(''))
      .join(' ');
  }
  if (token.type === 'list') {
    return (token as Tokens.List).items
      .map((item) => item.tokens.map(textOfToken).join(' '))
      .join(' ');
  }
  const inner = 'tokens' in token ? (token.tokens ?? []) : [];
  if (inner.length > 0) return inner.map(textOfToken).join('');
  return 'text' in token ? String(token.text) : '';
}
