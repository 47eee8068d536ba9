// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readJson, sha256OfTexts, replaceJson } from './files.mjs';
import { packageFolder, root, stampFolder } from './paths.mjs';
import { toolProblem } from './problem.mjs';
import { lastLines, runProgram } from './run.mjs';
import { say, sayFine } from './say.mjs';

const stamp = join(stampFolder, 'dependencies.json');

/**
 * Installs the packages of the lock file. Install scripts are left out: the steps after this one do
 * by hand what the few that matter would do, with progress and checks.
 */
export async function dependencies() {
  const lock = sha256OfTexts([readFileSync(join(root, 'package-lock.json'), 'utf8')]);
  if (readJson(stamp)?.lock === lock && existsSync(packageFolder('esbuild'))) {
    return sayFine('Packages: as the lock file says.');
  }
  say('Packages: installing what package-lock.json names (npm ci).');
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { ok, output } = await runProgram(...npmCall(args), { label: 'npm ci', cwd: root });
  if (!ok) {
    throw toolProblem(
      'Packages: "npm ci --ignore-scripts" failed in this folder; see its words below, then run "npm run setup" again.',
      lastLines(output),
      root,
    );
  }
  replaceJson(stamp, { lock });
}

/**
 * How npm is started: its own script by this Node, for Windows starts no `npm.cmd` without a shell.
 * @param {string[]} args
 * @param {{env?: NodeJS.ProcessEnv, node?: string, isThere?: (path: string) => boolean}} [system]
 * @returns {[string, string[]]} program and arguments
 */
export function npmCall(args, { env = process.env, node = process.execPath, isThere } = {}) {
  const folder = dirname(node);
  const script = join('node_modules', 'npm', 'bin', 'npm-cli.js');
  const told = env['npm_execpath'] ?? '';
  const places = [
    ...(/npm-cli\.c?js$/.test(told) ? [told] : []),
    join(folder, script),
    join(folder, '..', 'lib', script),
  ];
  const found = places.find(isThere ?? existsSync);
  return found === undefined ? ['npm', args] : [node, [found, ...args]];
}
