/**
 * `npm run fit-stopping`: makes the constants of the recommendation from the kept runs that are for
 * fitting, and writes them to one file with what they were made from. Minutes.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CONSTANTS, MADE } from '../../../../core/stopping/constants.ts';
import { FIXTURE, readPacked } from '../corpus.ts';
import { calibrate } from './calibrate.ts';
import { PLAN } from './plan.ts';
import { begin, fitGroup } from './search.ts';

const FILE = 'core/stopping/constants.json';

const { values: options } = parseArgs({
  options: {
    /** Fits only how sure verdicts are. */
    calibration: { type: 'boolean', default: false },
  },
});

const runs = readPacked(FIXTURE).filter(({ use }) => use === 'fit');
const tried: Record<string, string> = {};
let constants = options.calibration ? CONSTANTS : begin(CONSTANTS, PLAN);
for (const group of options.calibration ? [] : PLAN) {
  const fitted = fitGroup(runs, group, constants);
  constants = fitted.constants;
  for (const { constant, taken, values } of fitted.tried) {
    const told = values.map(({ value, regret }) => `${value}: ${regret.toFixed(3)}`).join(', ');
    tried[constant] = told;
    process.stderr.write(`${constant} ${taken} (${told})\n`);
  }
}
constants = calibrate(runs, constants);
const made = {
  by: 'npm run fit-stopping',
  from: FIXTURE,
  sha256: createHash('sha256').update(readFileSync(FIXTURE)).digest('hex'),
  runs: runs.length,
  tried: options.calibration ? MADE.tried : tried,
};
writeFileSync(FILE, `${JSON.stringify({ made, values: constants }, null, 2)}\n`);
process.stderr.write(`Wrote ${FILE}.\n`);
