// @ts-check
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { electronPath, ownExecutable } from '../electron-path.mjs';
import { FALLBACK_ELECTRON, electronFallback } from './electron-fallback.mjs';
import { folderBytes, readJson, replaceJson } from './files.mjs';
import { packageFolder, stampFolder } from './paths.mjs';
import { SetUpProblem } from './problem.mjs';
import { lastLines, runProgram } from './run.mjs';
import { say, sayFine } from './say.mjs';

const failure = join(stampFolder, 'electron-failed.json');

/**
 * Makes sure that an Electron is there: the one of package.json where its binary can be had,
 * otherwise the development host.
 * @param {{retry: boolean}} options `retry`: try again what failed in an earlier set-up
 */
export async function electron({ retry }) {
  const { version } = readJson(join(packageFolder('electron'), 'package.json'));
  if (existsSync(ownExecutable())) return sayFine(`Electron: ${version}.`);
  const failedBefore = readJson(failure)?.version === version;
  if ((!failedBefore || retry) && (await installOwn(version))) return;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetUpProblem(
      `Electron: the binary of Electron ${version} could not be fetched, and there is no substitute for ${process.platform} ${process.arch}; check the network and run "npm run setup" again.`,
    );
  }
  await electronFallback();
  sayFine(
    `Electron: development host with Electron ${FALLBACK_ELECTRON}; for work on the app, never for a release.`,
  );
  sayFine(`  (${electronPath()})`);
}

/** @param {string} version */
async function installOwn(version) {
  const scratch = join(stampFolder, 'electron-download');
  mkdirSync(scratch, { recursive: true });
  const own = packageFolder('electron');
  say(`Electron: fetching the binary of ${version}.`);
  const { ok, output } = await runProgram(process.execPath, [join(own, 'install.js')], {
    label: 'Electron',
    // The download grows in the temporary folder; giving it one of ours shows how far it is.
    env: { TMPDIR: scratch, ELECTRON_RUN_AS_NODE: '' },
    bytes: () => folderBytes(scratch) + folderBytes(join(own, 'dist')),
    stallSeconds: 20,
  });
  rmSync(scratch, { recursive: true, force: true });
  if (ok && existsSync(ownExecutable())) return true;
  replaceJson(failure, { version });
  say(`Electron: that failed (${reason(output)}); using the development host instead.`);
  return false;
}

/** @param {string} output */
function reason(output) {
  const line = output.split('\n').find((text) => /error|arrived/i.test(text));
  return (line ?? lastLines(output)).trim().slice(0, 160);
}
