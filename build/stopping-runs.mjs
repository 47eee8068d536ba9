// @ts-check
/** `npm run stopping-runs`: trains the runs that the stopping rule is fitted to and judged on. */
import { runBundled } from './run-bundled.mjs';

await runBundled('test/bench/stopping/make.ts', process.argv.slice(2));
