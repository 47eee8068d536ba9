// @ts-check
/** `npm run fuzz`: sets up, bundles the fuzzer and runs it. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bundledForEsbuild } from './bundled.mjs';
import { root, stampFolder } from './setup/paths.mjs';
import { main, setUp } from './setup.mjs';

await main(async () => {
  await setUp('core', { quiet: true });
  const { build } = await import('esbuild');
  const outfile = join(stampFolder, 'fuzz.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/fuzz/main.ts'],
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
  const child = spawn(process.execPath, [outfile, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = await new Promise((resolve) =>
    child.on('close', (code) => resolve(code ?? 1)),
  );
});
