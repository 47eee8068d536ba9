// @ts-check
/**
 * Measures the window in real Electron: `node test/bench/window.mjs` prints one JSON object with
 * seconds from start to painted window, input latency while training (from a click to the second
 * frame after it, which shows the answer), the memory of each process after the ready experiment, and
 * its training time in the window and on the command line, by turns, with nobody touching either.
 * Needs a display, and a clone that is set up.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright';
import { bundle } from '../../build/bundle.mjs';
import { electronPath } from '../../build/electron-path.mjs';

const STARTS = 5;
const TRAININGS = 3;

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
  const starts = [];
  for (let i = 0; i < STARTS; i++) starts.push(await startToPainted());
  const startSeconds = median(starts);
  const used = await whileTraining();
  const training = await trainingSeconds();
  process.stdout.write(`${JSON.stringify({ startSeconds, ...used, training })}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
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
  await page.getByRole('button', { name: 'Train again' }).waitFor({ timeout: 120_000 });
  const memory = await app.evaluate(({ app: own }) =>
    own.getAppMetrics().map(({ type, name, memory: used }) => ({
      process: name ?? type,
      megabytes: Math.round(used.workingSetSize / 1024),
    })),
  );
  await app.close();
  clicks.sort((a, b) => a - b);
  return {
    latencyMilliseconds: { median: median(clicks), p95: clicks[Math.floor(0.95 * clicks.length)] },
    memory,
  };
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
