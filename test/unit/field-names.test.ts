/** No path of a config stands in the window: every field has a name of its own there. */
import { expect, test } from 'vitest';
import { ConfigSchema } from '../../core/config/schema.ts';
import { fieldName, withFieldNames } from '../../renderer/field-names.ts';

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

test('sentences call fields by their names', () => {
  expect(withFieldNames('name it with data.reading.labelsField.')).toBe(
    'name it with “Its array or column”.',
  );
  expect(withFieldNames('data.reading.labels and --set noise.rates=1: noise.rate is 3')).toBe(
    '“Label column or array” and “Rate of each class, %”=1: “Rate” is 3',
  );
  expect(withFieldNames('/home/me/data.training/x and mydata.train')).toBe(
    '/home/me/data.training/x and mydata.train',
  );
});
