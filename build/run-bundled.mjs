// @ts-check
/** Sets up, bundles a program of `test/` and runs it. */
import { spawn } from 'node:child_process';
import { basename, join } from 'node:path';
import { bundle } from './bundle.mjs';
import { bundledForEsbuild } from './bundled.mjs';
import { root, stampFolder } from './setup/paths.mjs';
import { main, setUp } from './setup.mjs';

/**
 * @param {string} entry a TypeScript file
 * @param {string[]} args
 */
export async function runBundled(entry, args) {
  await main(async () => {
    await setUp('core', { quiet: true });
    await bundle(['core']);
    const { build } = await import('esbuild');
    const outfile = join(stampFolder, `${basename(entry, '.ts')}.mjs`);
    await build({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      packages: 'external',
      plugins: [bundledForEsbuild],
      // A data set that is built in looks for its package from here.
      banner: { js: 'const __filename = import.meta.filename;' },
      logLevel: 'warning',
    });
    const child = spawn(process.execPath, [outfile, ...args], { cwd: root, stdio: 'inherit' });
    process.exitCode = await new Promise((resolve) =>
      child.on('close', (code) => resolve(code ?? 1)),
    );
  });
}
