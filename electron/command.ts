/** The command line by the app's own executable: no window; the bundled command in a process of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { forkCommand } from './fork.ts';
import { places, usualRunsFolder } from './places.ts';
import { createWorkers } from './workers.ts';

/** Prepares Chromium, which a command has no use for, to need neither a display nor a profile. Call before the app is ready. */
function withoutWindow(): string {
  const profile = mkdtempSync(join(tmpdir(), 'label-noise-lab-command-'));
  app.setPath('userData', profile);
  app.disableHardwareAcceleration();
  app.commandLine.appendSwitch('headless');
  // Its remarks (no message bus, no graphics card) would stand among the command's own.
  app.commandLine.appendSwitch('log-level', '3');
  app.commandLine.appendSwitch('ozone-platform', 'headless');
  return profile;
}

/**
 * Runs a command of the command line and ends the app with its exit code. Its streams are this
 * process's own; the processes that it trains in are started here, for a packaged Electron lets
 * nobody else start any.
 * @param args of the command line
 */
export async function runCommand(args: readonly string[]): Promise<void> {
  const profile = withoutWindow();
  await app.whenReady();
  const runs = app.isPackaged ? { LABEL_NOISE_LAB_RUNS: usualRunsFolder() } : {};
  const child = forkCommand(places.command, [...args], runs);
  const workers = createWorkers(places.worker, (message) => child.postMessage(message));
  child.on('message', (message: unknown) => workers.hear(message));
  // A terminal tells the command of Ctrl+C as well: it decides how to end, and we end with it.
  process.on('SIGINT', () => undefined);
  // Electron's own way to end a process reports 0, as if the command had come to its end.
  process.on('SIGTERM', () => {
    if (child.pid !== undefined) process.kill(child.pid, 'SIGTERM');
  });
  child.once('exit', (code) => {
    workers.stop();
    rmSync(profile, { recursive: true, force: true });
    app.exit(code);
  });
}
