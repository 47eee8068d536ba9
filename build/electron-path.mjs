// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fallbackExecutable } from './setup/electron-fallback.mjs';
import { packageFolder } from './setup/paths.mjs';

const EXECUTABLES = /** @type {Record<string, string>} */ ({
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
});

/** Where the Electron of package.json has its executable, once its binary is installed. */
export function ownExecutable() {
  return join(packageFolder('electron'), 'dist', EXECUTABLES[process.platform] ?? 'electron');
}

/** The Electron to use here: the one of package.json, else the development host. */
export function electronPath() {
  return existsSync(ownExecutable()) ? ownExecutable() : fallbackExecutable;
}

/** Whether the Electron in use is the development host, which must not be released. */
export function isDevelopmentHost() {
  return electronPath() === fallbackExecutable;
}

/** Arguments for Electron here. */
export function electronArguments() {
  // Chromium's own remarks (no message bus, no graphics card) would bury what the lab says.
  const args = ['--log-level=3'];
  // Chromium refuses to sandbox what root starts.
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  return args;
}
