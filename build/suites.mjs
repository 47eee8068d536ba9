// @ts-check
/** The suites of `npm test`: each a command and how to count what it found. */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './setup/files.mjs';
import { root, stampFolder } from './setup/paths.mjs';

/**
 * @typedef {{passed: number, failed: number}} Count
 * @typedef {(env: NodeJS.ProcessEnv, files?: string[]) => Promise<Count>} Suite
 */

/**
 * Every suite by its name, in the order in which they run: the quick ones first.
 * @type {Record<string, Suite>}
 */
export const suites = {
  typecheck: (env) => check(['typescript/bin/tsc', '-p', '.'], env),
  'typecheck-page': async (env) =>
    sum(
      await check(['typescript/bin/tsc', '-p', 'test/e2e'], env),
      await check(['typescript/bin/tsc', '-p', 'test/window'], env),
    ),
  'svelte-check': (env) =>
    check(['svelte-check/bin/svelte-check', '--tsconfig', 'renderer/tsconfig.json'], env),
  eslint: (env) => check(['eslint/bin/eslint.js', '.'], env),
  prettier: (env) =>
    check(['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'], env),
  imports: (env) =>
    check(
      ['dependency-cruiser/bin/dependency-cruise.mjs', ...'core electron renderer'.split(' ')],
      env,
    ),
  unit: (env, files) => vitest('unit', env, files),
  native: (env, files) => vitest('native', env, files),
  window: (env) => vitest('window', env),
  e2e: (env) => vitest('e2e', env),
  package: (env) => vitest('package', env),
};

/** A check is one test: it finds nothing, or it fails. @param {string[]} args @param {NodeJS.ProcessEnv} env */
async function check(args, env) {
  return (await runModule(args, env)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** @param {Count} a @param {Count} b @returns {Count} */
const sum = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed });

/**
 * Runs a project of tests.
 * @param {string} project
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} [files] some of its test files; all where none is named
 * @returns {Promise<Count>}
 */
export async function vitest(project, env, files = []) {
  mkdirSync(stampFolder, { recursive: true });
  const report = join(stampFolder, `tests-${project}.json`);
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await runModule(
    ['vitest/vitest.mjs', 'run', '--project', project, ...reporters, ...files],
    env,
  );
  const found = readJson(report);
  const passed = found?.numPassedTests ?? 0;
  const failed = (found?.numFailedTests ?? 0) + brokenFiles(found);
  // A suite that crashed or ran nothing has not shown that anything works.
  const silent = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: silent ? 1 : failed };
}

/** Test files that failed before their first test. @param {any} found */
function brokenFiles(found) {
  const files = /** @type {any[]} */ (found?.testResults ?? []);
  return files.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
    .length;
}

/** @param {string[]} args a script below node_modules, and its arguments @param {NodeJS.ProcessEnv} env */
function runModule([script = '', ...args], env) {
  const child = spawn(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env,
  });
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}
