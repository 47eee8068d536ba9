// @ts-check
/**
 * `npm run package`: makes release/, a folder that runs without Node and without this clone; with
 * `--targets deb,rpm,tar,appimage` (or those of the other systems) what is made of it to install.
 */
import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { isDevelopmentHost } from './electron-path.mjs';
import { builderConfig } from './electron-builder.mjs';
import { FILES } from './notices/index.mjs';
import { FOR_TRYING, aboutLab, releaseFolder } from './package/about.mjs';
import { makeArchive } from './package/archive.mjs';
import { makeInstaller, nfpmConfig } from './package/nfpm.mjs';
import { shippedFiles, writeSums } from './package/sums.mjs';
import { readTargets } from './package/targets.mjs';
import { refuseTraces } from './package/traces.mjs';
import { FALLBACK_ELECTRON, fallbackFolder } from './setup/electron-fallback.mjs';
import { folderBytes, readJson } from './setup/files.mjs';
import { packageFolder, root } from './setup/paths.mjs';
import { lastLines } from './setup/run.mjs';
import { megabytes, say } from './setup/say.mjs';
import { main, setUp } from './setup.mjs';

/** electron-builder's names of the targets that it makes, where they differ from ours. */
const BUILT = /** @type {Record<string, string>} */ ({ appimage: 'AppImage' });

await main(async () => {
  const targets = readTargets(process.argv.slice(2), process.platform);
  await setUp('app', { quiet: true });
  // Chunks of former bundles are kept for programs that still run; none of them is to be packed.
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await bundle(['core', 'electron', 'renderer']);
  rmSync(releaseFolder, { recursive: true, force: true });
  const { build, Platform, DIR_TARGET } = await import('electron-builder');
  const config = builderConfig(host());
  const dir = Platform.current().createTarget(DIR_TARGET);
  await build({ projectDir: root, targets: dir, config });
  const folder = packedFolder();
  // Its notes of how it was asked to pack, with places of this machine.
  rmSync(join(releaseFolder, 'builder-debug.yml'), { force: true });
  refuseTraces(folder);
  say(`Packaged into release/ (${megabytes(folderBytes(folder))}).`);
  for (const target of targets) await make(target, folder);
  if (targets.length > 0) await addSums(folder);
  if (isDevelopmentHost()) say(FOR_TRYING);
});

/** The folder that electron-builder made: `linux-unpacked`, `win-unpacked`, `mac-arm64`. */
function packedFolder() {
  const found = readdirSync(releaseFolder).find((name) => /-unpacked$|^mac/.test(name));
  return join(releaseFolder, found ?? '');
}

/** @param {string} target @param {string} folder */
async function make(target, folder) {
  const about = aboutLab();
  if (target === 'tar') return makeArchive(folder, about);
  if (target === 'deb' || target === 'rpm') {
    return makeInstaller(target, nfpmConfig(about, folder, isDevelopmentHost()));
  }
  const { build, Platform } = await import('electron-builder');
  const targets = Platform.current().createTarget(BUILT[target] ?? target);
  const isMac = process.platform === 'darwin';
  const prepackaged = isMac ? join(folder, `${about.productName}.app`) : folder;
  try {
    await build({ projectDir: root, targets, prepackaged, config: builderConfig(host()) });
  } catch (error) {
    const why = lastLines(String(error)).split('\n')[0];
    say(`Package: ${target} is left out, for electron-builder has not its tools here (${why}).`);
  }
}

/** On a Mac it lies inside the application. @param {string} folder */
function sbomIn(folder) {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return join(folder, found.find((name) => name.endsWith(FILES.sbom)) ?? FILES.sbom);
}

/** The bill of materials and the sums beside what is shipped. @param {string} folder */
async function addSums(folder) {
  const { name, version } = aboutLab();
  copyFileSync(sbomIn(folder), join(releaseFolder, `${name}-${version}.cdx.json`));
  await writeSums(releaseFolder);
  for (const file of shippedFiles(releaseFolder)) say(`  release/${file}`);
}

function host() {
  if (isDevelopmentHost()) {
    return { electronFolder: fallbackFolder, electronVersion: FALLBACK_ELECTRON };
  }
  const own = packageFolder('electron');
  const { version } = readJson(join(own, 'package.json'));
  return { electronFolder: join(own, 'dist'), electronVersion: version };
}
