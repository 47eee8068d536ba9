// @ts-check
/**
 * `npm run fuzz`: damages files of every format and reads them; `npm run fuzz -- ipc` sends random
 * and hostile messages from the page of the real app.
 */
import { bundle } from './bundle.mjs';
import { hasDisplay, startVirtualDisplay } from './display.mjs';
import { electronPath } from './electron-path.mjs';
import { runBundled } from './run-bundled.mjs';
import { main, setUp } from './setup.mjs';

const [what, ...args] = process.argv.slice(2);
if (what === 'ipc') {
  await main(async () => {
    await setUp('tests', { quiet: true });
    await bundle(['core', 'electron', 'renderer']);
    process.env.LAB_ELECTRON = electronPath();
    const screen = hasDisplay() ? null : await startVirtualDisplay();
    if (screen) process.env.DISPLAY = screen.display;
    await runBundled('test/e2e/hostile/main.ts', args);
    screen?.stop();
  });
} else await runBundled('test/fuzz/main.ts', process.argv.slice(2));
