// @ts-check
/**
 * `npm run release`: checks that this commit is a version, makes all packages of this system, checks
 * them, and sets the version's tag; `-- --check` only says what stands against it. Pushes nothing.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDevelopmentHost } from './electron-path.mjs';
import { aboutLab, releaseFolder } from './package/about.mjs';
import { TARGETS } from './package/targets.mjs';
import { artifactFaults, sourceFaults } from './release/checks.mjs';
import { readJson } from './setup/files.mjs';
import { root } from './setup/paths.mjs';
import { SetUpProblem } from './setup/problem.mjs';
import { say } from './setup/say.mjs';
import { main, setUp } from './setup.mjs';

await main(async () => {
  const isCheck = process.argv.slice(2).includes('--check');
  await setUp('app', { quiet: true });
  const { version } = aboutLab();
  refuse(version, sourceFaults(source(version)));
  if (isCheck) {
    say(`Nothing stands against a release of ${version}.`);
    return;
  }
  const targets = TARGETS[process.platform] ?? [];
  const script = join(root, 'build', 'package.mjs');
  const args = [script, '--targets', targets.join(',')];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', cwd: root });
  if (status !== 0) throw new SetUpProblem('Release: the packages could not be made; see above.');
  refuse(version, await artifactFaults(releaseFolder, papers(), targets, version));
  const tag = `v${version}`;
  if (commitOf(tag) === null) git('tag', '--annotate', tag, '--message', `Version ${version}`);
  say(`Release: ${tag} is tagged; push the tag, and publish the files of release/.`);
});

/** @param {string} version @param {string[]} faults */
function refuse(version, faults) {
  if (faults.length === 0) return;
  throw new SetUpProblem(`Release: ${version} cannot be released:`, `  ${faults.join('\n  ')}`);
}

/** @param {string} version @returns {import('./release/checks.mjs').Source} */
function source(version) {
  const read = (/** @type {string} */ name) => readFileSync(join(root, name), 'utf8');
  return {
    version,
    lockVersion: readJson(join(root, 'package-lock.json')).version,
    citation: read('CITATION.cff'),
    changelog: read('CHANGELOG.md'),
    status: git('status', '--porcelain'),
    head: git('rev-parse', 'HEAD').trim(),
    tagged: commitOf(`v${version}`),
    isDevelopmentHost: isDevelopmentHost(),
  };
}

/** The commit of a tag; null where there is none. @param {string} tag */
function commitOf(tag) {
  const found = git('rev-list', '-n', '1', '--ignore-missing', `refs/tags/${tag}`).trim();
  return found === '' ? null : found;
}

/** @param {...string} args */
function git(...args) {
  const { stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  return stdout ?? '';
}

/** Where licence and notices lie: beside the program, on a Mac inside the application. */
function papers() {
  const found = readdirSync(releaseFolder, { recursive: true, encoding: 'utf8' });
  const notices = found.find((name) => name.endsWith('THIRD-PARTY-NOTICES.txt')) ?? '';
  return join(releaseFolder, notices, '..');
}
