// @ts-check
/**
 * `npm run prove`: the long proofs that nothing is lost and nothing misread, of which `npm test` runs
 * a slice. Names of proofs may follow: disk-faults, full-disk, damage, kill, task-ends, memory, owners,
 * old-runs, layouts, picture-layouts; and three that run only where they are named: slurm needs Slurm's
 * daemons (Debian: slurm-wlm) and root, LAB_SLURM_RUNS is the length of its longest array; latex needs a
 * TeX; methods trains on all of MNIST for half an hour or more.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { root } from './setup/paths.mjs';
import { SetUpProblem } from './setup/problem.mjs';
import { main, setUp } from './setup.mjs';
import { vitest } from './suites.mjs';

const FOLDER = 'test/native/proofs';
/** Proofs that train nothing lie among the unit tests. @type {Record<string, string>} */
const PLAIN = {
  layouts: 'test/unit/data/layouts.test.ts',
  'picture-layouts': 'test/unit/data/picture-layouts.test.ts',
};

/**
 * Proofs that need programs which a machine may not have, or long trainings.
 * @type {Record<string, {suite: 'unit' | 'native' | 'slurm', file: string}>}
 */
const ASKED = {
  methods: { suite: 'native', file: `${FOLDER}/methods.test.ts` },
  slurm: { suite: 'slurm', file: 'test/slurm' },
  latex: { suite: 'unit', file: 'test/unit/latex.test.ts' },
};

await main(async () => {
  const native = readdirSync(join(root, FOLDER))
    .flatMap((file) => (file.endsWith('.test.ts') ? file.slice(0, -'.test.ts'.length) : []))
    .filter((name) => !(name in ASKED));
  const all = [...native, ...Object.keys(PLAIN)];
  const known = [...all, ...Object.keys(ASKED)];
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown)
    throw new SetUpProblem(`There is no proof "${unknown}"; there are ${known.join(', ')}.`);
  await setUp('tests', { quiet: true });
  await bundle(['core', 'electron', 'renderer']);
  const names = asked.length > 0 ? asked : all;
  const env = { ...process.env, LAB_PROOFS: 'whole' };
  let [passed, failed] = [0, 0];
  /** @param {'unit' | 'native' | 'slurm'} name @param {string[]} files */
  const run = async (name, files) => {
    if (files.length === 0) return;
    const found = await vitest(name, env, files);
    [passed, failed] = [passed + found.passed, failed + found.failed];
  };
  await run(
    'native',
    names.filter((name) => native.includes(name)).map((name) => `${FOLDER}/${name}.test.ts`),
  );
  await run(
    'unit',
    names.flatMap((name) => PLAIN[name] ?? []),
  );
  for (const name of names) {
    const proof = ASKED[name];
    if (proof) await run(proof.suite, [proof.file]);
  }
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed > 0 ? 1 : 0;
});
