// @ts-check
/**
 * `npm run bench`: of the stopping rule with `--stopping`, of Label Wave with `--label-wave`, of labels
 * with `--labels`, of recorded trainings with `--recorder`, of bfloat16 with `--precision`, of the window
 * and of the command line's help with `--window`, else of training, data and runs.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { hasDisplay, startVirtualDisplay } from './display.mjs';
import { runBundled } from './run-bundled.mjs';
import { root } from './setup/paths.mjs';
import { main, setUp } from './setup.mjs';

/** @type {Record<string, string>} */
const OWN = {
  '--stopping': 'stopping/bench',
  '--label-wave': 'stopping/label-wave',
  '--labels': 'labels/bench',
  '--recorder': 'recorder/bench',
  '--precision': 'precision/bench',
};
const asked = process.argv.find((word) => word in OWN);
if (process.argv.includes('--window')) await main(benchWindow);
else await runBundled(`test/bench/${asked ? OWN[asked] : 'bench'}.ts`, process.argv.slice(2));

/** In real Electron, under a virtual display where there is no other. */
async function benchWindow() {
  await setUp('app', { quiet: true });
  const virtual = hasDisplay() ? null : await startVirtualDisplay();
  const child = spawn(process.execPath, [join(root, 'test', 'bench', 'window.mjs')], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...(virtual ? { DISPLAY: virtual.display } : {}) },
  });
  process.exitCode = await new Promise((resolve) =>
    child.on('close', (code) => resolve(code ?? 1)),
  );
  virtual?.stop();
}
