// @ts-check
/** `npm run bench`: of the stopping rule with `--stopping`, else of training, data and runs. */
import { runBundled } from './run-bundled.mjs';

const bench = process.argv.includes('--stopping') ? 'stopping/bench' : 'bench';
await runBundled(`test/bench/${bench}.ts`, process.argv.slice(2));
