// @ts-check
/** The checks and suites of `npm test`: each a command and how to count what it found. */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './setup/files.mjs';
import { root, stampFolder } from './setup/paths.mjs';

/**
 * @typedef {{passed: number, failed: number}} Count
 * @typedef {Count & {told: string}} Found what a check found, and what it printed
 * @typedef {(env: NodeJS.ProcessEnv) => Promise<Found>} Check
 */

/**
 * Every check by its name. Each takes one core, so they go side by side: the longest come first.
 * @type {Record<string, Check>}
 */
export const checks = {
  eslint: (env) => check(['eslint/bin/eslint.js', '.'], env),
  prettier: (env) =>
    check(['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'], env),
  typecheck: (env) => check(['typescript/bin/tsc', '-p', '.'], env),
  'typecheck-page': async (env) => {
    const pages = await check(['typescript/bin/tsc', '-p', 'test/e2e'], env);
    const window = await check(['typescript/bin/tsc', '-p', 'test/window'], env);
    return {
      passed: pages.passed + window.passed,
      failed: pages.failed + window.failed,
      told: pages.told + window.told,
    };
  },
  'svelte-check': (env) =>
    check(['svelte-check/bin/svelte-check', '--tsconfig', 'renderer/tsconfig.json'], env),
  imports: (env) =>
    check(
      ['dependency-cruiser/bin/dependency-cruise.mjs', ...'core electron renderer'.split(' ')],
      env,
    ),
};

/**
 * The suites of tests by their names, the longest first. They go side by side: tests wait for processes
 * and pages for a third of their time, and what waits in one suite leaves a core to the other.
 */
export const suites = ['native', 'window', 'e2e', 'unit'];

/** Suites that go alone, after all others: packing builds anew what the others are running. */
export const soloSuites = ['package'];

/** A check is one test: it finds nothing, or it fails. @param {string[]} args @param {NodeJS.ProcessEnv} env @returns {Promise<Found>} */
async function check(args, env) {
  const { code, told } = await runModule(args, env, true);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, told };
}

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
  const { code } = await runModule(
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

/**
 * @param {string[]} args a script below node_modules, and its arguments
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} [isHeard] whether what it prints is kept instead of shown
 * @returns {Promise<{code: number, told: string}>}
 */
function runModule([script = '', ...args], env, isHeard = false) {
  const out = isHeard ? 'pipe' : 'inherit';
  const child = spawn(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: ['ignore', out, out],
    env,
  });
  let told = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => (told += text));
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ code: code ?? 1, told })));
}
