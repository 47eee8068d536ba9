// @ts-check
/** How the binding is built: tfjs-node's own description knows the libraries of TensorFlow 2.9 alone. */

const LIBRARIES = '<(module_root_dir)/deps/lib';

/** How each system links the library, and finds it from `lib/napi-v8/` when the binding is loaded. */
const LINKING = /** @type {Record<string, object>} */ ({
  linux: {
    cflags_cc: ['-std=c++17'],
    libraries: ['-Wl,-rpath,\\$$ORIGIN/../../deps/lib', '-ltensorflow', '-ltensorflow_framework'],
    library_dirs: [LIBRARIES],
  },
  darwin: {
    libraries: [
      `${LIBRARIES}/libtensorflow_cc.2.dylib`,
      `${LIBRARIES}/libtensorflow_framework.2.dylib`,
    ],
    xcode_settings: {
      CLANG_CXX_LANGUAGE_STANDARD: 'c++17',
      MACOSX_DEPLOYMENT_TARGET: '12.0',
      OTHER_LDFLAGS: ['-Wl,-rpath,@loader_path/../../deps/lib'],
    },
  },
  win32: {
    defines: ['COMPILER_MSVC', 'NAPI_VERSION=<(napi_build_version)'],
    libraries: [`${LIBRARIES}/tensorflow.lib`],
    // TF_NewWhile returns a struct of C++ by C's linkage, in c_api.h.
    msvs_disabled_warnings: [4190],
    msvs_settings: { VCCLCompilerTool: { AdditionalOptions: ['/std:c++17'] } },
  },
});

/**
 * What node-gyp is told, as JSON, which it reads.
 * @param {string} platform as Node names it
 */
export const bindingGyp = (platform) => ({
  targets: [
    {
      target_name: 'tfjs_binding',
      sources: ['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc'],
      include_dirs: ['..', '<(module_root_dir)/deps/include'],
      defines: ['NAPI_VERSION=<(napi_build_version)'],
      ...LINKING[platform],
    },
    {
      target_name: 'action_after_build',
      type: 'none',
      dependencies: ['<(module_name)'],
      copies: [{ files: ['<(PRODUCT_DIR)/<(module_name).node'], destination: '<(module_path)' }],
    },
  ],
});
