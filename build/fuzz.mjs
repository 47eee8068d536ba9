// @ts-check
/** `npm run fuzz`: damages files of every format and reads them. */
import { runBundled } from './run-bundled.mjs';

await runBundled('test/fuzz/main.ts', process.argv.slice(2));
