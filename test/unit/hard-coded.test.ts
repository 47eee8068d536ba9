/** No text of the window is written in its markup, where it could be in one language only. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';
import { expect, test } from 'vitest';

/** Attributes that people read or hear. */
const READ = new Set(['alt', 'aria-label', 'aria-valuetext', 'caption', 'label', 'placeholder']);
READ.add('summary').add('text').add('title');
/** Names that are the same in every language. */
const SAME = new Set(['MNIST', 'Ctrl ↵']);

type Node = { type: string; name?: string; data?: string; value?: unknown; [key: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** All nodes below a node, itself first, with the attribute that they stand in. */
function* nodesIn(node: Node, attribute: string | null = null): Generator<[Node, string | null]> {
  const isAttribute = node.type === 'Attribute' || node.type.endsWith('Directive');
  const within = isAttribute ? (node.name ?? null) : attribute;
  yield [node, within];
  for (const child of Object.values(node)) {
    for (const one of Array.isArray(child) ? (child as unknown[]) : [child]) {
      if (isNode(one)) yield* nodesIn(one, within);
    }
  }
}

/** What a person would read of a node: text in markup, or words in an expression there. */
function wordsOf([node, attribute]: [Node, string | null]): string | null {
  if (attribute !== null && !READ.has(attribute)) return null;
  const text = node.type === 'Text' ? node.data : node.type === 'Literal' ? node.value : null;
  if (typeof text !== 'string' || SAME.has(text.trim()) || !/\p{L}{2}/u.test(text)) return null;
  // Keys of texts and values such as `none` are no words for people; these begin large or have spaces.
  const isWords = node.type === 'Text' || /^\p{Lu}|\p{L} \p{L}/u.test(text);
  return isWords ? text.trim() : null;
}

const files = readdirSync('renderer', { recursive: true, encoding: 'utf8' });

test.each(files.filter((name) => name.endsWith('.svelte')))('%s', (name) => {
  const source = readFileSync(join('renderer', name), 'utf8');
  const { fragment } = parse(source, { modern: true });
  const found = [...nodesIn(fragment as unknown as Node)].map(wordsOf).filter(Boolean);
  expect(found).toEqual([]);
});
