// @ts-check
/** `npm run fit-stopping`: makes the constants of the recommendation anew from the kept runs. */
import { spawnSync } from 'node:child_process';
import { runBundled } from './run-bundled.mjs';
import { root } from './setup/paths.mjs';

await runBundled('test/bench/stopping/fit/main.ts', process.argv.slice(2));
spawnSync('npx', ['prettier', '--write', 'core/stopping/constants.json'], { cwd: root });
