// @ts-check
import { spawn } from 'node:child_process';
import { SetUpProblem } from './setup/problem.mjs';

/** Whether windows have a screen to appear on. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Starts a virtual display on a free number.
 * @returns {Promise<{display: string, stop(): void}>}
 */
export function startVirtualDisplay() {
  const screen = ['-screen', '0', '1440x900x24', '-nolisten', 'tcp'];
  const child = spawn('Xvfb', ['-displayfd', '3', ...screen], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    const fail = () =>
      reject(
        new SetUpProblem(
          'The virtual display (Xvfb) did not start; install the package xvfb and try again.',
        ),
      );
    child.once('error', fail);
    child.once('exit', fail);
    child.stdio[3]?.once('data', (number) => {
      child.off('exit', fail);
      resolve({ display: `:${String(number).trim()}`, stop: () => void child.kill() });
    });
  });
}
