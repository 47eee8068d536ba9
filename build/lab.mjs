// @ts-check
/** The command line from a clone: sets up and bundles what it needs, then hands over. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { electronArguments, electronPath } from './electron-path.mjs';
import { root } from './setup/paths.mjs';
import { main, setUp } from './setup.mjs';

await main(async () => {
  const prints = process.argv.some((word) => /(^|[.=])pdf$/i.test(word));
  await setUp(prints ? 'app' : 'core', { quiet: true });
  await bundle(prints ? ['core', 'electron'] : ['core']);
  process.exitCode = await runLab(process.argv.slice(2));
});

/**
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function runLab(args) {
  const program = ['--enable-source-maps', join(root, 'dist', 'core', 'cli.cjs'), ...args];
  const child = spawn(process.execPath, program, {
    stdio: 'inherit',
    env: {
      ...process.env,
      LAB_ELECTRON_APP: JSON.stringify([electronPath(), ...electronArguments(), root]),
    },
  });
  // A terminal sends Ctrl+C to the child as well; it decides how to end, and we end with it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}
