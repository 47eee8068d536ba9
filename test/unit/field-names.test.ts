/** No path of a config stands in the window: every field has a name of its own there. */
import { expect, test } from 'vitest';
import { ConfigSchema } from '../../core/contract/config/schema.ts';
import { fieldName, words } from '../../renderer/words/texts.ts';

function pathsOf(schema: unknown, at: string[] = []): string[] {
  const { type, entries, wrapped, pipe } = schema as {
    type: string;
    entries?: Record<string, unknown>;
    wrapped?: unknown;
    pipe?: unknown[];
  };
  if (wrapped) return pathsOf(wrapped, at);
  if (pipe && type !== 'strict_object') return [at.join('.')];
  if (!entries) return [at.join('.')];
  return Object.entries(entries).flatMap(([key, inner]) => pathsOf(inner, [...at, key]));
}

test('every field of a config has its name', () => {
  const paths = pathsOf(ConfigSchema).filter((path) => path !== 'name');
  expect(paths.length).toBeGreaterThan(50);
  expect(paths.filter((path) => fieldName(path) === path)).toEqual([]);
});

test('what the core tells calls fields by their names', () => {
  const field = { path: 'data.reading.labelsField' };
  const values = { where: 'a.csv', listed: 'x, y', field };
  expect(words({ code: 'errors.labelsFile.whichField', values })).toContain(
    'with “Its array or column”',
  );
});
