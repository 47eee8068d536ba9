/** What the core tells are codes: each has its text, and no sentence stands in the core itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { TEXTS } from '../../core/contract/words/texts.ts';

/** Where the text of a function's code lies; the code is its first argument, the values its second. */
const SECTIONS: Readonly<Record<string, string>> = {
  InputError: 'errors',
  errorPhrase: 'errors',
  warn: 'errors',
  note: 'data.notes',
  doubt: 'data.notes',
  logNote: 'log.notes',
  doing: 'data.doing',
  dataFormat: 'data.formats',
  allowed: 'config',
};

/** A code as it is used, with the names of its values; null where they are not written out. */
interface Use {
  place: string;
  key: string;
  values: string[] | null;
}

const files = ['core', 'electron'].flatMap((room) =>
  readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(room, name)),
);

/** Calls `see` with every node of every file. */
function visitAll(see: (node: ts.Node, place: string) => void): void {
  for (const path of files) {
    const source = ts.createSourceFile(
      path,
      readFileSync(path, 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    const visit = (node: ts.Node): void => {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      see(node, `${path}:${line + 1}`);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
}

/** The strings that an expression can come to; none where that is not written out. */
function stringsIn(node: ts.Expression | undefined): string[] {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return stringsIn(node.expression);
  if (ts.isConditionalExpression(node)) {
    return [...stringsIn(node.whenTrue), ...stringsIn(node.whenFalse)];
  }
  return [];
}

function namesIn(node: ts.Expression | undefined): string[] | null {
  if (!node) return [];
  if (!ts.isObjectLiteralExpression(node)) return null;
  const names = node.properties.map((one) => one.name?.getText() ?? null);
  return names.includes(null) ? null : (names as string[]);
}

const uses: Use[] = [];
visitAll((node, place) => {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return;
  const section = SECTIONS[node.expression.getText()];
  if (!section) return;
  const [code, values] = node.arguments ?? [];
  for (const one of stringsIn(code)) {
    uses.push({ place, key: `${section}.${one}`, values: namesIn(values) });
  }
});

/** The texts at a key, in each form that its plural has. */
function textsAt(tree: object, key: string): string[] {
  const path = key.split('.');
  const last = path.pop()!;
  const at = path.reduce<Record<string, unknown>>(
    (inner, name) => (inner?.[name] ?? {}) as Record<string, unknown>,
    tree as Record<string, unknown>,
  );
  return ['', '_one', '_two', '_other'].flatMap((form) => {
    const text = at[`${last}${form}`];
    return typeof text === 'string' ? [text] : [];
  });
}

test('every code has its text in every language, and every place in it its value', () => {
  expect(uses.length).toBeGreaterThan(300);
  for (const { place, key, values } of uses) {
    for (const [language, tree] of Object.entries(TEXTS)) {
      const texts = textsAt(tree, key);
      expect(texts.length, `${place}: ${key} in ${language}`).toBeGreaterThan(0);
      if (values === null) continue;
      const places = texts.flatMap((text) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]));
      for (const name of places) expect(values, `${place}: ${key} needs ${name}`).toContain(name);
    }
  }
});

/** Text of programs: code, headers of files, and what no person is told. */
const NO_SENTENCE = /^(core\/figures\/png|electron\/(guard|ipc|core-process|timing))/;

test('no sentence stands in the core', () => {
  const found: string[] = [];
  visitAll((node, place) => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
    if (NO_SENTENCE.test(place) || !isText) return;
    if (ts.isImportDeclaration(node.parent) || ts.isLiteralTypeNode(node.parent)) return;
    const { parent } = node;
    // A mistake of ours, which is told with its trace.
    if (ts.isNewExpression(parent) && /^(Type|Range)?Error$/.test(parent.expression.getText()))
      return;
    const text = ts.isTemplateExpression(node) ? node.getText().slice(1, -1) : node.text;
    if (/^[A-Z].* \S+ \S+.*[.;]$/.test(text)) found.push(`${place}: ${text}`);
  });
  expect(found).toEqual([]);
});

/** The rooms that write for people, but for a style sheet and the commands of LaTeX. */
const WRITES = /^core\/(cli\/|terminal\/|report\/(?!style|latex\/(axis|chart|picture|escape)))/;

test('command line and report write no word of their own', () => {
  const found: string[] = [];
  visitAll((node, place) => {
    const isText =
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node);
    if (!isText || !WRITES.test(place)) return;
    // Markup, and names that are the same in every language.
    const words = node.text.replace(
      /<[^>]*>?|[^<]*"\/?>|Label Noise Lab|condition\^4 K|--set reading|not started|David CLM|Times New Roman/g,
      '',
    );
    if (/^\p{Lu}\p{Ll}+( |$)|\p{Ll}{2} \p{Ll}{2}/u.test(words)) found.push(`${place}: ${words}`);
  });
  expect(found).toEqual([]);
});
