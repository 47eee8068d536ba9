// @ts-check
/** The lab as an archive to unpack anywhere. */
import { basename, dirname, join } from 'node:path';
import { commandWorks, lastLines, runProgram } from '../setup/run.mjs';
import { say } from '../setup/say.mjs';
import { SetUpProblem } from '../setup/problem.mjs';
import { releaseFolder } from './about.mjs';

/**
 * What tar is told: the same files make the same archive, whoever packs them.
 * @param {string} folder the packaged folder
 * @param {string} name of the archive without its extension, and of the folder in it
 */
export function tarArguments(folder, name) {
  return [
    ...['--create', '--use-compress-program', 'zstd -T0 -12'],
    ...['--file', join(releaseFolder, `${name}.tar.zst`)],
    ...['--sort=name', '--owner=0', '--group=0', '--numeric-owner'],
    ...['--transform', `flags=r;s,^${basename(folder)},${name},`],
    ...['--directory', dirname(folder), basename(folder)],
  ];
}

/** @param {string} folder @param {import('./about.mjs').About} about */
export async function makeArchive(folder, { name, version }) {
  if (!commandWorks('zstd') || !commandWorks('tar')) {
    say('Package: tar.zst is left out, since it needs the programs tar and zstd; install both.');
    return;
  }
  const args = tarArguments(folder, `${name}-${version}-linux-${process.arch}`);
  const { ok, output } = await runProgram('tar', args, { label: 'tar' });
  if (!ok) throw new SetUpProblem('Package: tar failed.', lastLines(output));
}
