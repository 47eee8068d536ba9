// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
  const { ok, output } = await runProgram(npm, args, { label: 'npm ci', cwd: root });
  if (!ok) {
    throw toolProblem(
      'Packages: "npm ci --ignore-scripts" failed in this folder; see its words below, then run "npm run setup" again.',
      lastLines(output),
      root,
    );
  }
  replaceJson(stamp, { lock });
}

/** npm's command on this system. */
export const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
