// @ts-check
/**
 * `npm run bench`: of the stopping rule with `--stopping`, of labels with `--labels`,
 * of recorded trainings with `--recorder`, else of training, data and runs.
 */
import { runBundled } from './run-bundled.mjs';

const own = ['stopping', 'labels', 'recorder'].find((name) => process.argv.includes(`--${name}`));
const bench = own ? `${own}/bench` : 'bench';
await runBundled(`test/bench/${bench}.ts`, process.argv.slice(2));
