// @ts-check
/**
 * Several programs as CommonJS, with what they share in chunks of their own and what one imports only
 * when it is needed in others. esbuild splits ES modules alone, so each is turned afterwards.
 */
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** How the files of chunks are called, beside the programs. */
const CHUNK = 'chunk-';
/** In ms. A program that was started before its bundle was made anew may load a chunk late. */
const KEPT = 24 * 60 * 60 * 1000;

/**
 * Writes programs and chunks, and removes chunks of long ago.
 * @param {import('esbuild').BuildOptions} options with `absWorkingDir` and `outdir`
 * @param {string} folder of the programs, below `outdir`
 * @returns {Promise<{metafile: import('esbuild').Metafile}>}
 */
export async function buildSplit(options, folder) {
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    ...options,
    chunkNames: `${folder}/${CHUNK}[hash]`,
    format: 'esm',
    splitting: true,
    sourcemap: 'inline',
    metafile: true,
    write: false,
  });
  const place = join(options.absWorkingDir ?? '.', options.outdir ?? '.', folder);
  mkdirSync(place, { recursive: true });
  for (const file of outputFiles) await write(file, options);
  const made = new Set(outputFiles.map(({ path }) => basename(path)));
  for (const name of readdirSync(place)) {
    const isOld = () => Date.now() - statSync(join(place, name)).mtimeMs > KEPT;
    if (name.startsWith(CHUNK) && !made.has(name.replace(/\.map$/, '')) && isOld()) {
      rmSync(join(place, name));
    }
  }
  return { metafile };
}

/**
 * Fonts and WebAssembly are written as they are.
 * @param {import('esbuild').OutputFile} file
 * @param {import('esbuild').BuildOptions} options
 */
async function write({ path, contents, text }, { charset = 'utf8', target = 'node20' }) {
  if (!path.endsWith('.cjs')) return writeFileSync(path, contents);
  const { transform } = await import('esbuild');
  const { code, map } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    // By `require`: quicker, and all of a program is loaded by one way.
    supported: { 'dynamic-import': false },
    charset,
    target,
    sourcemap: 'external',
    sourcesContent: false,
    sourcefile: path,
    logLevel: 'warning',
  });
  const name = basename(path);
  writeFileSync(`${path}.map`, map);
  writeFileSync(path, `${code}//# sourceMappingURL=${name}.map\n`);
}
