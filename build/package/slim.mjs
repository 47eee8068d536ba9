// @ts-check
/** Makes copies in a packaged folder small; the originals, which development uses, stay as they are. */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { SetUpProblem } from '../setup/problem.mjs';
import { commandWorks, lastLines, runProgram } from '../setup/run.mjs';

/** The languages of the lab, as Chromium names the files of its own texts. */
const LOCALES = ['en-US.pak', 'he.pak'];

/**
 * Takes names that only a debugger reads out of native libraries: TensorFlow's shrink by a quarter.
 * @param {string[]} libraries
 */
export async function strip(libraries) {
  if (process.platform !== 'linux') return;
  if (!commandWorks('strip')) {
    throw new SetUpProblem(
      'Package: "strip" is missing, without which it is 220 MB larger; install binutils and run "npm run package" again.',
    );
  }
  const args = ['--strip-unneeded', ...libraries];
  const { ok, output } = await runProgram('strip', args, { label: 'strip' });
  if (!ok) throw new SetUpProblem('Package: "strip" failed; see its words.', lastLines(output));
}

/** Leaves Chromium's texts of other languages out. @param {string} folder with the executable */
export function leaveLocales(folder) {
  const locales = join(folder, 'locales');
  for (const name of readdirSync(locales)) {
    if (!LOCALES.includes(name)) rmSync(join(locales, name));
  }
}

/** Packs a file as `.gz` in its place. @param {string} path */
export function gzipFile(path) {
  writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
  rmSync(path);
}
