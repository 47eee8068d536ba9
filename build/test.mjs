// @ts-check
/** `npm test`: sets up, bundles, runs every check and suite (or those named), and counts. */
import { bundle } from './bundle.mjs';
import { hasDisplay, startVirtualDisplay } from './display.mjs';
import { electronPath } from './electron-path.mjs';
import { say } from './setup/say.mjs';
import { SetUpProblem } from './setup/problem.mjs';
import { chromiumPath } from './setup/system-packages.mjs';
import { main, sayWhichElectron, setUp } from './setup.mjs';
import { checks, soloSuites, suites, vitest } from './suites.mjs';

await main(async () => {
  const names = namedSuites(process.argv.slice(2));
  await setUp('tests', { quiet: true });
  await bundle(['core', 'electron', 'renderer']);
  sayWhichElectron();
  // Two windows on one screen would take the keys from each other.
  const screens = hasDisplay() ? [] : [await startVirtualDisplay(), await startVirtualDisplay()];
  try {
    await runAll(names, environment(screens.map(({ display }) => display)));
  } finally {
    for (const screen of screens) screen.stop();
  }
});

/** @param {string[]} asked */
function namedSuites(asked) {
  const known = [...Object.keys(checks), ...suites, ...soloSuites];
  const unknown = asked.find((name) => !known.includes(name));
  if (!unknown) return asked.length > 0 ? asked : known;
  throw new SetUpProblem(`There is no suite "${unknown}"; there are ${known.join(', ')}.`);
}

/** @param {string[]} displays virtual ones; none where the machine has its own */
function environment(displays) {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  env.LAB_ELECTRON = electronPath();
  env.LAB_CHROMIUM = chromiumPath() ?? '';
  if (displays[0]) env.DISPLAY = displays[0];
  env.LAB_DISPLAYS = displays.join(' ');
  return env;
}

/** @typedef {import('./suites.mjs').Count} Count */

/** @param {string[]} names @param {NodeJS.ProcessEnv} env */
async function runAll(names, env) {
  const tally = newTally();
  /** @param {string} name */
  const check = (name) =>
    tally.count(name, async () => {
      const found = await /** @type {import('./suites.mjs').Check} */ (checks[name])(env);
      // At once when it has ended, so that two do not mix.
      say(`\n--- ${name}`);
      process.stdout.write(found.told);
      return found;
    });
  /** @param {string} name */
  const suite = (name) => {
    say(`\n--- ${name}`);
    return tally.count(name, () => vitest(name, env));
  };
  /** @param {string[]} all */
  const asked = (all) => all.filter((name) => names.includes(name));
  await sideBySide(asked(Object.keys(checks)), check);
  await sideBySide(asked(suites), suite);
  for (const name of asked(soloSuites)) await suite(name);
  process.stdout.write(tally.told());
  process.exitCode = tally.total.failed > 0 ? 1 : 0;
}

/** Two at a time, in their order. @param {string[]} names @param {(name: string) => Promise<void>} work */
async function sideBySide(names, work) {
  const waiting = [...names];
  const one = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) await work(name);
  };
  await Promise.all([one(), one()]);
}

/** @typedef {ReturnType<typeof newTally>} Tally */

/** What each check and suite found, how long it took, and all of them together. */
function newTally() {
  const total = { passed: 0, failed: 0 };
  /** @type {string[]} */
  const lines = [];
  return {
    total,
    /** @param {string} name @param {() => Promise<Count>} work */
    async count(name, work) {
      const started = performance.now();
      const { passed, failed } = await work();
      total.passed += passed;
      total.failed += failed;
      const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
      lines.push(`${name.padEnd(14)} ${seconds} s   ${passed} passed, ${failed} failed`);
    },
    /** A line each, and last the sum. */
    told: () => `\n${lines.join('\n')}\n\n${total.passed} passed, ${total.failed} failed\n`,
  };
}
