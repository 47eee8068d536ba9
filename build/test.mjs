// @ts-check
/** `npm test`: sets up, bundles, runs every suite (or those named), and counts. */
import { bundle } from './bundle.mjs';
import { hasDisplay, startVirtualDisplay } from './display.mjs';
import { electronPath } from './electron-path.mjs';
import { say } from './setup/say.mjs';
import { SetUpProblem } from './setup/problem.mjs';
import { chromiumPath } from './setup/system-packages.mjs';
import { main, sayWhichElectron, setUp } from './setup.mjs';
import { suites } from './suites.mjs';

await main(async () => {
  const names = namedSuites(process.argv.slice(2));
  await setUp('tests', { quiet: true });
  await bundle(['core', 'electron', 'renderer']);
  sayWhichElectron();
  const screen = hasDisplay() ? null : await startVirtualDisplay();
  try {
    await runAll(names, environment(screen?.display));
  } finally {
    screen?.stop();
  }
});

/** @param {string[]} asked */
function namedSuites(asked) {
  const known = Object.keys(suites);
  const unknown = asked.find((name) => !known.includes(name));
  if (!unknown) return asked.length > 0 ? asked : known;
  throw new SetUpProblem(`There is no suite "${unknown}"; there are ${known.join(', ')}.`);
}

/** @param {string} [display] */
function environment(display) {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  env.LAB_ELECTRON = electronPath();
  env.LAB_CHROMIUM = chromiumPath() ?? '';
  if (display) env.DISPLAY = display;
  return env;
}

/** @param {string[]} names @param {NodeJS.ProcessEnv} env */
async function runAll(names, env) {
  /** @type {string[]} */
  const lines = [];
  const total = { passed: 0, failed: 0 };
  for (const name of names) {
    say(`\n--- ${name}`);
    const started = performance.now();
    const { passed, failed } = await /** @type {import('./suites.mjs').Suite} */ (suites[name])(
      env,
    );
    total.passed += passed;
    total.failed += failed;
    const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
    lines.push(`${name.padEnd(14)} ${seconds} s   ${passed} passed, ${failed} failed`);
  }
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}
