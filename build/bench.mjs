// @ts-check
/**
 * `npm run bench`: of the stopping rule with `--stopping`, of Label Wave with `--label-wave`, of labels
 * with `--labels`, of recorded trainings with `--recorder`, of bfloat16 with `--precision`, else of training, data and runs.
 */
import { runBundled } from './run-bundled.mjs';

/** @type {Record<string, string>} */
const OWN = {
  '--stopping': 'stopping/bench',
  '--label-wave': 'stopping/label-wave',
  '--labels': 'labels/bench',
  '--recorder': 'recorder/bench',
  '--precision': 'precision/bench',
};
const asked = process.argv.find((word) => word in OWN);
await runBundled(`test/bench/${asked ? OWN[asked] : 'bench'}.ts`, process.argv.slice(2));
