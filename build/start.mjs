// @ts-check
/** `npm start`: sets up, bundles what changed, and opens the lab. */
import { spawn } from 'node:child_process';
import { bundle } from './bundle.mjs';
import { hasDisplay, startVirtualDisplay } from './display.mjs';
import { electronArguments, electronPath } from './electron-path.mjs';
import { root } from './setup/paths.mjs';
import { say } from './setup/say.mjs';
import { main, sayWhichElectron, setUp } from './setup.mjs';

await main(async () => {
  await setUp('app', { quiet: true });
  await bundle(['core', 'electron', 'renderer']);
  sayWhichElectron();
  const args = process.argv.slice(2);
  process.exitCode = hasDisplay() ? await openLab(args) : await doMainJob(args);
});

/** @param {string[]} args */
async function doMainJob(args) {
  say('There is no display here: training the ready experiment under a virtual one instead.');
  const job = args.includes('--main-job') ? [] : ['--main-job', '--out', 'output'];
  const { display, stop } = await startVirtualDisplay();
  try {
    return await openLab([...job, ...args], { DISPLAY: display });
  } finally {
    stop();
  }
}

/**
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>}
 */
function openLab(args, env = {}) {
  const child = spawn(electronPath(), [...electronArguments(), root, ...args], {
    stdio: 'inherit',
    env: { ...withoutNodeMode(process.env), ...env },
  });
  // A terminal sends Ctrl+C to the child as well; it decides how to end, and we end with it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

/**
 * Some terminals inside Electron programs set a variable that would make ours a plain Node.
 * @param {NodeJS.ProcessEnv} env
 */
function withoutNodeMode({ ELECTRON_RUN_AS_NODE: _, ...env }) {
  return env;
}
