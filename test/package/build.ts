/** Makes the packaged folder, once for all files of the suite. */
import { spawnSync } from 'node:child_process';

/** deb is made by a program for Linux x64. */
const targets = process.platform === 'linux' && process.arch === 'x64' ? ['--targets', 'deb'] : [];

export default function setup(): void {
  const { status, stderr } = spawnSync(process.execPath, ['build/package.mjs', ...targets], {
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (status !== 0 || !stderr.includes('Packaged into release/')) throw new Error(stderr);
}
