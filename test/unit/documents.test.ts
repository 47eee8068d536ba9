/** Documents: links resolve, commands exist, and figures that come from one place agree with it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { load } from 'js-yaml';
import { lexer, walkTokens } from 'marked';
import type { Token, Tokens } from 'marked';
import { describe, expect, test } from 'vitest';
import { presets } from '../../core/kinds/presets.ts';
import { FIGURES } from '../../core/figures/index.ts';
import { CONFIG_KINDS } from '../../core/kinds/kinds.ts';
import { IN_A_ROW } from '../../core/stopping/live.ts';
import { anchorOf, ORDER, textOfToken } from '../../renderer/words/guide.ts';
import packageJson from '../../package.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '../..');
const GUIDE = join(ROOT, 'assets/guide');
const markdown = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
const PATHS = [ROOT, GUIDE, join(GUIDE, 'he')].flatMap(markdown);
const text = (path: string) => readFileSync(path, 'utf8');
const guide = (name: string) => text(join(GUIDE, name));

function tokensOf(path: string): Token[] {
  const found: Token[] = [];
  walkTokens(lexer(text(path)), (token) => void found.push(token));
  return found;
}

const anchorsOf = (path: string): string[] =>
  tokensOf(path)
    .filter(({ type }) => type === 'heading')
    .map((token) => anchorOf(textOfToken(token)));

const shown = (path: string) => relative(ROOT, path);

describe.each(PATHS.map((path) => [shown(path), path]))('%s', (_, path) => {
  test('has links that resolve, to headings too', () => {
    for (const token of tokensOf(path)) {
      if (token.type !== 'link' && token.type !== 'image') continue;
      const { href } = token as Tokens.Link;
      // No document needs a network, so none links to one.
      expect(href).not.toMatch(/^\w+:/);
      const [file = '', anchor = ''] = href.split('#');
      const target = file === '' ? path : join(dirname(path), decodeURIComponent(file));
      expect(existsSync(target), href).toBe(true);
      if (anchor !== '') expect(anchorsOf(target), href).toContain(anchor);
    }
  });

  test('quotes commands that exist, with options that they have', () => {
    for (const command of commandsIn(path)) check(command);
  });
});

/** Every command in blocks and in lines of text: what follows `npm` up to the end of it. */
function commandsIn(path: string): string[] {
  const blocks = tokensOf(path).flatMap((token) =>
    (token.type === 'code' && (token as Tokens.Code).lang !== 'ts') || token.type === 'codespan'
      ? [(token as Tokens.Code).text]
      : [],
  );
  return blocks.flatMap((block) => block.match(/\bnpm (?:run|start|test)\b[^\n&#]*/g) ?? []);
}

/** The help of each command of the lab, by its name; the page that holds it is made from the program. */
const HELP = new Map(
  guide('command-line.md')
    .split(/^## /m)
    .slice(1)
    .map((part): [string, string] => [part.split('\n')[0]!.trim(), part]),
);

function check(command: string): void {
  const [, verb, ...words] = command.trim().split(/\s+/);
  const rest = words.filter((word) => word !== '-s');
  const script = verb === 'run' ? rest.shift()! : verb!;
  expect(Object.keys(packageJson.scripts), command).toContain(script);
  if (script !== 'lab' || rest[0] !== '--') return;
  const [name = '', ...args] = rest.slice(1);
  if (name.startsWith('--')) return;
  const help = HELP.get(name);
  expect(help, command).toBeDefined();
  for (const option of args.filter((arg) => arg.startsWith('--'))) {
    expect(help, command).toMatch(new RegExp(`^ +(-\\w, )?${option}\\b`, 'm'));
  }
  // A preset, where one is named.
  const wanted = ['run', 'sweep', 'theory'].includes(name) ? args[0]! : null;
  if (wanted && !/^--|[.<|]/.test(wanted)) expect(presets().map(({ id }) => id)).toContain(wanted);
}

test('README is short', () => {
  expect(text(join(ROOT, 'README.md')).split('\n').length).toBeLessThanOrEqual(121);
});

test('every page of the guide is listed, and every Hebrew page is of one in English', () => {
  const ids = (folder: string) => markdown(folder).map((path) => basename(path, '.md'));
  expect(ids(GUIDE).sort()).toEqual([...ORDER].sort());
  for (const id of ids(join(GUIDE, 'he'))) expect(ORDER).toContain(id);
});

test('every card and place names a page that is there', () => {
  const files = readdirSync(join(ROOT, 'renderer'), { recursive: true, encoding: 'utf8' });
  const named = files
    .filter((name) => name.endsWith('.svelte'))
    .flatMap((name) => [
      ...text(join(ROOT, 'renderer', name)).matchAll(/\b(?:data-)?help="([\w-]+)"/g),
    ])
    .map(([, id]) => id);
  expect(named.length).toBeGreaterThan(6);
  for (const id of named) expect(ORDER).toContain(id);
});

/** The cells of a page's table whose first heading is this one, row by row, as text. */
function rowsOf(page: string, heading: RegExp): string[][] {
  const tables = lexer(guide(page)).filter(({ type }) => type === 'table') as Tokens.Table[];
  const table = tables.find(({ header }) => heading.test(header[0]!.text))!;
  return table.rows.map((row) => row.map((cell) => cell.text.replaceAll('`', '')));
}

describe('what is told in tables agrees with the program', () => {
  const { noises } = CONFIG_KINDS;

  test.each(['noise.md', 'he/noise.md'])('kinds of noise in %s', (page) => {
    expect(rowsOf(page, /noise\.kind/).map(([kind]) => kind)).toEqual(noises.map(({ id }) => id));
  });

  test('what each kind reads', () => {
    for (const [kind, , reads] of rowsOf('noise.md', /noise\.kind/)) {
      expect(reads!.split(', ').filter(Boolean), kind).toEqual(
        noises.find(({ id }) => id === kind)!.reads,
      );
    }
  });

  test.each([
    ['the-paper.md', /figure/],
    ['he/the-paper.md', /איור/],
  ])('figures in %s', (page, heading) => {
    const ids = FIGURES.map(({ info }) => info.id);
    expect(
      rowsOf(page, heading)
        .map(([id]) => id)
        .sort(),
    ).toEqual([...ids].sort());
  });

  test('how the recommendation was evaluated, the same in both languages', () => {
    const numbers = (page: string, heading: RegExp) =>
      rowsOf(page, heading).map((row) => row.slice(1).join());
    expect(numbers('he/recommendation.md', /אימות/)).toEqual(numbers('recommendation.md', /given/));
  });
});

test('figures of the ready experiments are theirs', () => {
  const of = (id: string) => presets().find((one) => one.id === id)!.config;
  const { data, noise } = of('mnist-quick');
  for (const page of [
    text(join(ROOT, 'README.md')),
    guide('first-run.md'),
    guide('he/first-run.md'),
  ]) {
    expect(page).toContain(data.train.toLocaleString('en'));
    expect(page).toContain(`${noise.rate * 100}%`);
  }
  expect(guide('first-run.md')).toContain(
    `at a chance of ${of('mnist-auto').training.stopChance}.`,
  );
  expect(guide('command-line.md')).toContain(
    presets()
      .map(({ id }) => `\`${id}\``)
      .join(', ')
      .replace(/, (`[\w-]+`)$/, ' and $1'),
  );
  expect(IN_A_ROW).toBe(5);
  for (const page of ['first-run.md', 'recommendation.md']) {
    expect(guide(page)).toMatch(/five evaluations/);
  }
});

test('the config that is shown is that of the ready experiment', () => {
  const shownConfig = /```json\n([\s\S]*?)```/.exec(guide('config.md'))![1]!;
  const path = join(ROOT, 'assets/presets/mnist-quick.json');
  expect(JSON.parse(shownConfig)).toEqual(JSON.parse(text(path)));
});

test('no percent sign stands behind a space, in documents and in the texts', () => {
  const files = [...PATHS, ...['en', 'he'].map((one) => join(ROOT, `assets/texts/${one}.json`))];
  for (const path of files) {
    expect(text(path).match(/.{0,20}(\d|\}\})[ \u00a0]%.{0,10}/)?.[0], shown(path)).toBeUndefined();
  }
});

test('issue templates and the citation are sound YAML, and each template asks for something', () => {
  const folder = join(ROOT, '.github/ISSUE_TEMPLATE');
  const templates = readdirSync(folder).filter((name) => name !== 'config.yml');
  expect(templates.length).toBeGreaterThan(0);
  for (const name of templates) {
    const { body } = load(text(join(folder, name))) as { body: { validations?: object }[] };
    expect(
      body.some(({ validations }) => validations !== undefined),
      name,
    ).toBe(true);
  }
  expect(load(text(join(ROOT, 'CITATION.cff')))).toMatchObject({ type: 'software' });
});

test('the version and its date are the same everywhere', () => {
  const cff = text(join(ROOT, 'CITATION.cff'));
  const { version } = packageJson;
  expect(cff).toContain(`version: ${version}\n`);
  const date = /^date-released: (.*)$/m.exec(cff)![1];
  expect(text(join(ROOT, 'CHANGELOG.md'))).toContain(`## ${version} (${date})\n`);
});
