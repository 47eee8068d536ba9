// @ts-check
/**
 * `npm run prove`: the long proofs that nothing is lost, of which `npm test` runs a slice. Names of
 * proofs may follow: disk-faults, full-disk, damage, kill, owners, old-runs.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { root } from './setup/paths.mjs';
import { SetUpProblem } from './setup/problem.mjs';
import { main, setUp } from './setup.mjs';
import { suites } from './suites.mjs';

const FOLDER = 'test/native/proofs';

await main(async () => {
  const known = readdirSync(join(root, FOLDER)).flatMap((file) =>
    file.endsWith('.test.ts') ? file.slice(0, -'.test.ts'.length) : [],
  );
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown)
    throw new SetUpProblem(`There is no proof "${unknown}"; there are ${known.join(', ')}.`);
  await setUp('tests', { quiet: true });
  await bundle(['core', 'electron', 'renderer']);
  const files = (asked.length > 0 ? asked : known).map((name) => `${FOLDER}/${name}.test.ts`);
  const native = /** @type {import('./suites.mjs').Suite} */ (suites.native);
  const { passed, failed } = await native({ ...process.env, LAB_PROOFS: 'whole' }, files);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed > 0 ? 1 : 0;
});
