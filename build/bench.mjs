// @ts-check
/** `npm run bench`: of the stopping rule with `--stopping`, else what the command line measures. */
import { runBundled } from './run-bundled.mjs';

if (process.argv.includes('--stopping')) {
  await runBundled('test/bench/stopping/bench.ts', process.argv.slice(2));
} else {
  process.argv.splice(2, 0, 'bench');
  await import('./lab.mjs');
}
