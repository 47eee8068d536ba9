// @ts-check
/**
 * Writes the reference pages of the guide from what they describe: the command line's own help, and
 * the core's catalogue with the comments of a Config's schema. `--check` only says whether the pages are current.
 */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from './bundle.mjs';
import { loadCore } from './catalogue.mjs';
import { choicesReference, configReference } from './guide/reference.mjs';
import { root } from './setup/paths.mjs';
import { main, setUp } from './setup.mjs';

const run = promisify(execFile);
const GUIDE = join(root, 'assets', 'guide');
const NOTE = '<!-- Made by `npm run guide`; change what it is made from, not this page. -->';

await main(async () => {
  await setUp('core', { quiet: true });
  await bundle(['core']);
  /** @type {import('./guide/reference.mjs').Core} */
  const core = await loadCore('build/guide/core.ts');
  const pages = {
    'command-line.md': page('command-line.md', `${await commands()}\n\n${choicesReference(core)}`),
    'config.md': page('config.md', configReference(core, await comments())),
  };
  const stale = [];
  for (const [name, text] of Object.entries(pages)) {
    const formatted = await format(text, join(GUIDE, name));
    if (formatted === textOf(join(GUIDE, name))) continue;
    if (!process.argv.includes('--check')) writeFileSync(join(GUIDE, name), formatted);
    stale.push(name);
  }
  if (!process.argv.includes('--check')) return;
  if (stale.length > 0)
    process.stderr.write(`Not current: ${stale.join(', ')}. Run "npm run guide".\n`);
  process.exitCode = stale.length > 0 ? 1 : 0;
});

/** @param {string} path */
function textOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** @param {string} text @param {string} filepath */
async function format(text, filepath) {
  const prettier = await import('prettier');
  const options = (await prettier.resolveConfig(filepath)) ?? {};
  return prettier.format(text, { ...options, filepath });
}

/** A page with a hand-written beginning, which lies beside this program. @param {string} name @param {string} rest */
function page(name, rest) {
  const beginning = readFileSync(join(root, 'build', 'guide', name), 'utf8').trimEnd();
  return `${beginning}\n\n${NOTE}\n\n${rest}\n`;
}

/** @param {string[]} args */
async function helpOf(args) {
  const cli = join(root, 'dist', 'core', 'cli.cjs');
  const { stdout } = await run(process.execPath, [cli, ...args, '--help', '--language', 'en']);
  return stdout.trimEnd();
}

async function commands() {
  const all = await helpOf([]);
  const listed = all.split('Commands:')[1] ?? '';
  const names = [...listed.matchAll(/^ {2}(\w+) /gm)].map(
    ([, name]) => /** @type {string} */ (name),
  );
  const parts = await Promise.all(
    names
      .filter((name) => name !== 'help')
      .map(async (name) => `## ${name}\n\n\`\`\`text\n${await helpOf([name])}\n\`\`\``),
  );
  return parts.join('\n\n');
}

/** The comments of the schemas' fields: `training.batch` and its like. */
async function comments() {
  const { default: ts } = await import('typescript');
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const file of ['schema.ts', 'data-schema.ts', 'noise-schema.ts']) {
    const text = readFileSync(join(root, 'core', 'contract', 'config', file), 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    source.forEachChild((statement) => {
      if (!ts.isVariableStatement(statement)) return;
      const name = statement.declarationList.declarations[0]?.name.getText() ?? '';
      const owner = /^(\w+)Schema$/.exec(name)?.[1]?.toLowerCase();
      if (owner) visit(statement, owner);
    });
    /** @param {import('typescript').Node} node @param {string} owner */
    function visit(node, owner) {
      if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) {
        const told = /** @type {any} */ (node).jsDoc?.[0]?.comment;
        if (typeof told === 'string') {
          found.set(`${owner}.${node.name.getText()}`, told.replace(/\s+/g, ' '));
        }
      }
      ts.forEachChild(node, (child) => visit(child, owner));
    }
  }
  return found;
}
