// @ts-check
/** The wheels of TensorFlow that carry its library with the C API, one for each system, pinned. */

/** The TensorFlow that the native binding is built against. */
export const TENSORFLOW_VERSION = '2.21.0';

/**
 * @typedef {object} SystemLibrary what is taken from a system's wheel
 * @property {import('./wheel.mjs').Wheel} wheel
 * @property {Record<string, string>} files names in `lib/` by their paths in the wheel
 * @property {Record<string, string>} links names that linker and loader ask for, and what they lead to
 */

/** @param {string} project @param {string} tag @param {string} sha256 @param {number} bytes */
const wheel = (project, tag, sha256, bytes) => ({
  project,
  version: TENSORFLOW_VERSION,
  file: `${project.replaceAll('-', '_')}-${TENSORFLOW_VERSION}-cp311-cp311-${tag}.whl`,
  sha256,
  bytes,
});

/** The C API lives in the C++ library. */
const LINUX = {
  files: {
    'tensorflow/libtensorflow_cc.so.2': 'libtensorflow_cc.so.2',
    'tensorflow/libtensorflow_framework.so.2': 'libtensorflow_framework.so.2',
  },
  links: {
    'libtensorflow.so': 'libtensorflow_cc.so.2',
    'libtensorflow.so.2': 'libtensorflow_cc.so.2',
    'libtensorflow_framework.so': 'libtensorflow_framework.so.2',
  },
};

/** By platform and processor, as Node names them. @type {Record<string, SystemLibrary>} */
const LIBRARIES = {
  'linux-x64': {
    wheel: wheel(
      'tensorflow-cpu',
      'manylinux_2_27_x86_64',
      '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
      273_829_956,
    ),
    ...LINUX,
  },
  'linux-arm64': {
    wheel: wheel(
      'tensorflow',
      'manylinux_2_27_aarch64',
      '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
      281_828_020,
    ),
    ...LINUX,
  },
  'darwin-arm64': {
    wheel: wheel(
      'tensorflow',
      'macosx_12_0_arm64',
      '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
      223_405_849,
    ),
    files: {
      'tensorflow/libtensorflow_cc.2.dylib': 'libtensorflow_cc.2.dylib',
      'tensorflow/libtensorflow_framework.2.dylib': 'libtensorflow_framework.2.dylib',
    },
    links: {},
  },
  'win32-x64': {
    wheel: wheel(
      'tensorflow',
      'win_amd64',
      '0064a19bdc054a4b7c5e7e21cdf50ce38a114c2bada578b4f5267a37410f6784',
      350_834_005,
    ),
    // The library of Python's module holds the C API; its import library names it as it is called.
    files: {
      'tensorflow/python/_pywrap_tensorflow_common.dll': '_pywrap_tensorflow_common.dll',
      'tensorflow/python/_pywrap_tensorflow_common.dll.if.lib': 'tensorflow.lib',
    },
    links: {},
  },
};

/**
 * What is taken where the lab runs; null where no wheel carries the library.
 * @param {string} platform
 * @param {string} arch
 */
export const libraryFor = (platform, arch) => LIBRARIES[`${platform}-${arch}`] ?? null;
