// @ts-check
/**
 * Imports ending in `?bundled`: the file and all that it imports, as one text. A worker thread is
 * started from it, so that it needs no file of its own, wherever the program is packed.
 * Imports ending in `?file`: the path of a file of some package (a font, WebAssembly), which is copied
 * beside the bundle; relative to it there, whole where sources run as they are.
 * Imports ending in `?raw`: a file's text, as Vite has it by itself.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';

const QUERY = /\?bundled$/;
const FILE = /\?file$/;
const RAW = /\?raw$/;
/** Marks what `?file` names for Vite. The path behind it is veiled, or Vitest would have Node load it. */
const FOUND = '\0file:';

/** @param {string} path ending in `?file` @param {string} importer */
const fileBehind = (path, importer) => createRequire(importer).resolve(path.replace(FILE, ''));

/**
 * hyparquet 1.31 believes a damaged file that a run is longer than the page has values, and grows an
 * array until the memory of the whole process is gone; here such a run ends with the page.
 * @type {import('esbuild').Plugin}
 */
const boundedRuns = {
  name: 'bounded-runs',
  setup(build) {
    build.onLoad({ filter: /hyparquet[\\/]src[\\/]encoding\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const count = 'const count = header >>> 1';
      if (!text.includes(count)) throw new Error(`${path} has changed; see whether it is mended.`);
      return {
        contents: text.replace(count, `const count = Math.min(header >>> 1, output.length - seen)`),
      };
    });
  },
};

/** @param {string} file */
async function textOf(file) {
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    plugins: [boundedRuns],
    logLevel: 'warning',
  });
  return {
    text: /** @type {import('esbuild').OutputFile} */ (outputFiles[0]).text,
    inputs: Object.keys(metafile.inputs).map((input) => resolve(input)),
  };
}

/** The whole paths of the files in the text that `?bundled` makes of one. @param {string} file */
export const bundledInputs = async (file) => (await textOf(file)).inputs;

/** For esbuild. @type {import('esbuild').Plugin} */
export const bundledForEsbuild = {
  name: 'bundled',
  setup(build) {
    build.onResolve({ filter: QUERY }, ({ path, importer }) => ({
      path: resolve(dirname(importer), path.replace(QUERY, '')),
      namespace: 'bundled',
    }));
    build.onLoad({ filter: /./, namespace: 'bundled' }, async ({ path }) => ({
      contents: (await textOf(path)).text,
      loader: 'text',
    }));
    build.onResolve({ filter: RAW }, ({ path, importer }) => ({
      path: resolve(dirname(importer), path.replace(RAW, '')),
      namespace: 'raw',
    }));
    build.onLoad({ filter: /./, namespace: 'raw' }, ({ path }) => ({
      contents: readFileSync(path),
      loader: 'text',
    }));
    build.onResolve({ filter: FILE }, ({ path, importer }) => ({
      path: fileBehind(path, importer),
      namespace: 'copied',
    }));
    build.onLoad({ filter: /./, namespace: 'copied' }, ({ path }) => ({
      contents: readFileSync(path),
      loader: 'file',
    }));
  },
};

/** For Vite, which Vitest loads sources with. @returns {import('vite').Plugin} */
export const bundledForVite = () => ({
  name: 'bundled',
  enforce: 'pre',
  resolveId(source, importer) {
    if (!importer || !FILE.test(source)) return null;
    return FOUND + Buffer.from(fileBehind(source, importer)).toString('base64url');
  },
  async load(id) {
    if (id.startsWith(FOUND)) {
      const path = Buffer.from(id.slice(FOUND.length), 'base64url').toString();
      return `export default ${JSON.stringify(path)};`;
    }
    if (!QUERY.test(id)) return null;
    const { text, inputs } = await textOf(id.replace(QUERY, ''));
    for (const input of inputs) this.addWatchFile(input);
    return `export default ${JSON.stringify(text)};`;
  },
});
