/** Makes the packaged folder, once for all files of the suite. */
import { spawnSync } from 'node:child_process';

export default function setup(): void {
  const { status, stderr } = spawnSync(process.execPath, ['build/package.mjs'], {
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (status !== 0 || !stderr.includes('Packaged into release/')) throw new Error(stderr);
}
