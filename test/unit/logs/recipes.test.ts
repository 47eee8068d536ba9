/** The recipes that README shows are those that test/fixtures/logs/make.py ran. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FIXTURES } from './tools.ts';

const folder = join(FIXTURES, 'recipes');
const readme = readFileSync(join(FIXTURES, '../../../README.md'), 'utf8');

test.each(readdirSync(folder).filter((name) => name.endsWith('.py')))('%s', (name) => {
  const recipe = readFileSync(join(folder, name), 'utf8');
  expect(readme).toContain('```python\n' + recipe + '```\n');
  expect(recipe.trimEnd().split('\n').length).toBeLessThan(20);
});
