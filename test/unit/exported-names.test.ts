/** One word, one thing: an exported name means the same wherever it is exported. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

/** The texts of whichever language the program speaks: window, main process and terminal have one each. */
const SAME = ['spoken', 't', 'words'];

/** Names that a file exports by declaring them; passing on another file's is no second meaning. */
function exportedBy(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) =>
        ts.isIdentifier(name) ? [name.text] : [],
      );
    }
    const { name } = statement as ts.DeclarationStatement;
    return name && ts.isIdentifier(name) ? [name.text] : [];
  });
}

it('no two files export different things by one name', () => {
  const files = ['core', 'electron', 'renderer', 'build'].flatMap((folder) =>
    (readdirSync(folder, { recursive: true }) as string[])
      .filter((name) => /\.(ts|mjs)$/.test(name))
      .map((name) => join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(400);
  const places = new Map<string, string[]>();
  for (const file of files) {
    for (const name of new Set(exportedBy(file))) {
      places.set(name, [...(places.get(name) ?? []), file]);
    }
  }
  const several = [...places].filter(([, found]) => found.length > 1);
  expect(several.filter(([name]) => !SAME.includes(name))).toEqual([]);
  // What is no longer exported twice has no place in the list.
  expect(SAME.filter((name) => !several.some(([one]) => one === name))).toEqual([]);
});
