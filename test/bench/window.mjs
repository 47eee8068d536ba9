// @ts-check
/**
 * Measures the window in real Electron: `npm run -s bench -- --window` prints one JSON object with
 * seconds of `lab --help` beside those of Node alone, seconds from start to painted window, input
 * latency while training (from a click to the second frame after it, which shows the answer), the
 * memory of each process after the ready experiment, and of all together at rest after five, and its
 * training time in the window and on the command line, by turns, with nobody touching either.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright';
import { bundle } from '../../build/bundle.mjs';
import { electronPath } from '../../build/electron-path.mjs';

const HELPS = 15;
const STARTS = 7;
const TRAININGS = 3;
/** Trainings in one window before its memory is looked at, and milliseconds until it rests. */
const RUNS = 5;
const REST = 6000;

await bundle(['core', 'electron', 'renderer']);
const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-bench-'));
const args = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  process.cwd(),
  '--runs',
  join(folder, 'runs'),
];
const env = /** @type {Record<string, string>} */ ({
  ...process.env,
  XDG_CONFIG_HOME: folder,
  LAB_E2E: '1',
});
try {
  const help = helpSeconds();
  const starts = [];
  for (let i = 0; i < STARTS; i++) starts.push(await startToPainted());
  const startSeconds = median(starts);
  const used = await whileTraining();
  const training = await trainingSeconds();
  process.stdout.write(`${JSON.stringify({ help, startSeconds, ...used, training })}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Seconds of the command line's help, and of a Node that does nothing: medians, by turns. */
function helpSeconds() {
  /** @type {{lab: number[], node: number[]}} */
  const took = { lab: [], node: [] };
  const time = (/** @type {string[]} */ line) => {
    const from = performance.now();
    execFileSync(process.execPath, line, { stdio: 'ignore' });
    return (performance.now() - from) / 1000;
  };
  for (let i = 0; i < HELPS; i++) {
    took.lab.push(time([join('dist', 'core', 'cli.cjs'), '--help']));
    took.node.push(time(['-e', '0']));
  }
  return { lab: median(took.lab), node: median(took.node) };
}

/** Seconds from `npm start` to the first painted frame; then the app is ended. */
function startToPainted() {
  const started = ['build/start.mjs', '--print-timing', '--runs', join(folder, 'runs')];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, started, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    child.once('error', reject);
    child.stdout.once('data', (/** @type {Buffer} */ line) => {
      child.once('close', () => resolve(JSON.parse(String(line)).firstPaint / 1000));
      child.kill();
    });
  });
}

async function whileTraining() {
  const app = await _electron.launch({ executablePath: electronPath(), args, env });
  const page = await app.firstWindow();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByRole('heading', { name: /samples at epoch [2-9]/ }).waitFor();
  const clicks = [];
  for (let i = 0; i < 40; i++) {
    clicks.push(await page.evaluate(clickToFrame));
    await page.waitForTimeout(100);
  }
  const again = page.getByRole('button', { name: 'Train again' });
  await again.waitFor({ timeout: 120_000 });
  const memory = await memoryOf(app);
  for (let i = 1; i < RUNS; i++) {
    await again.click();
    await again.waitFor({ state: 'hidden' });
    await again.waitFor({ timeout: 120_000 });
  }
  await page.waitForTimeout(REST);
  const atRest = await memoryOf(app);
  const restMegabytes = atRest.reduce((sum, { megabytes }) => sum + megabytes, 0);
  await app.close();
  clicks.sort((a, b) => a - b);
  return {
    latencyMilliseconds: { median: median(clicks), p95: clicks[Math.floor(0.95 * clicks.length)] },
    memory,
    restMegabytes,
  };
}

/** What each process has in memory, pages that it shares with others included. @param {import('playwright').ElectronApplication} app */
function memoryOf(app) {
  return app.evaluate(({ app: own }) =>
    own.getAppMetrics().map(({ type, name, memory: used }) => ({
      process: name ?? type,
      megabytes: Math.round(used.workingSetSize / 1024),
    })),
  );
}

/** Seconds of all epochs of the ready experiment, measured in the core: medians, and their ratio. */
async function trainingSeconds() {
  const inWindow = [];
  const inTerminal = [];
  for (let i = 0; i < TRAININGS; i++) {
    inWindow.push(await trainInWindow(join(folder, `window-${i}`)));
    const run = join(folder, `terminal-${i}`);
    const line = [join('dist', 'core', 'cli.cjs'), 'run', 'mnist-quick', '--out', run, '--json'];
    execFileSync(process.execPath, line, { stdio: 'ignore' });
    inTerminal.push(epochSeconds(run));
  }
  const [window, terminal] = [median(inWindow), median(inTerminal)];
  return { window, terminal, speedOfTerminal: terminal / window };
}

/** @param {string} runs */
async function trainInWindow(runs) {
  const own = [...args.slice(0, -1), runs];
  const app = await _electron.launch({ executablePath: electronPath(), args: own, env });
  const page = await app.firstWindow();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByRole('button', { name: 'Train again' }).waitFor({ timeout: 120_000 });
  await app.close();
  const run = readdirSync(runs).find((name) => name.includes('mnist'));
  if (!run) throw new Error(`There is no run in ${runs}.`);
  return epochSeconds(join(runs, run));
}

/** @param {string} run */
function epochSeconds(run) {
  const rows = readFileSync(join(run, 'metrics.jsonl'), 'utf8').trim().split('\n');
  return rows.map((row) => JSON.parse(row).seconds).reduce((a, b) => a + b, 0);
}

/** Switches the x axis of the main picture, and waits until two frames were drawn after it. */
function clickToFrame() {
  const other = /** @type {HTMLElement | null} */ (
    document.querySelector('fieldset label:not(.chosen)')
  );
  if (!other) throw new Error('The switch of the x axis is not there.');
  const from = performance.now();
  other.click();
  return new Promise((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - from))),
  );
}

/** @param {number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
