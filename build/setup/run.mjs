// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { megabytes, progressLine } from './say.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} label what the person is told is going on
 * @property {string} [cwd]
 * @property {Record<string, string>} [env] added to this process's own
 * @property {() => number} [bytes] measures what has arrived so far
 * @property {number} [total] bytes to expect
 * @property {number} [stallSeconds] gives up when nothing new has arrived for this long
 */

/**
 * Runs a command to its end, showing progress. What the command prints is kept and told only when
 * it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} options
 * @returns {Promise<{ok: boolean, output: string}>}
 */
export function runProgram(command, args, options) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (/** @type {Buffer} */ part) => (output = (output + part).slice(-20_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const watch = watchProgress(options, () => {
      keep(Buffer.from(`\nNothing arrived for ${options.stallSeconds} s.`));
      child.kill('SIGKILL');
    });
    child.on('error', (error) => keep(Buffer.from(error.message)));
    child.on('close', (code) => {
      watch.end();
      resolve({ ok: code === 0, output });
    });
  });
}

/**
 * @param {RunOptions} options
 * @param {() => void} onStall
 */
function watchProgress(options, onStall) {
  const line = progressLine(options.label);
  let last = -1;
  let lastChange = Date.now();
  const timer = setInterval(() => {
    const now = options.bytes?.() ?? 0;
    if (now !== last) [last, lastChange] = [now, Date.now()];
    const stalled = Date.now() - lastChange;
    if (options.stallSeconds && stalled > options.stallSeconds * 1000) onStall();
    line.show(describe(now, options.total));
  }, 500);
  return {
    end() {
      clearInterval(timer);
      line.end();
    },
  };
}

/**
 * @param {number} bytes
 * @param {number} [total]
 */
function describe(bytes, total) {
  if (bytes <= 0) return 'working';
  if (!total) return megabytes(bytes);
  return `${megabytes(bytes)} of ${megabytes(total)}`;
}

/**
 * Whether a command can be started at all.
 * @param {string} command
 * @param {string[]} [args] harmless arguments
 */
export function commandWorks(command, args = ['--version']) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/**
 * The last lines of an output, for an error message.
 * @param {string} output
 */
export function lastLines(output) {
  return output.trim().split('\n').slice(-8).join('\n');
}
