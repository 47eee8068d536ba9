// @ts-check
/**
 * Imports ending in `?bundled`: the file and all that it imports, as one text. A worker thread is
 * started from it, so that it needs no file of its own, wherever the program is packed.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const QUERY = /\?bundled$/;

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
  },
};

/** For Vite, which Vitest loads sources with. @returns {import('vite').Plugin} */
export const bundledForVite = () => ({
  name: 'bundled',
  enforce: 'pre',
  async load(id) {
    if (!QUERY.test(id)) return null;
    const { text, inputs } = await textOf(id.replace(QUERY, ''));
    for (const input of inputs) this.addWatchFile(input);
    return `export default ${JSON.stringify(text)};`;
  },
});
