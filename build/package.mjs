// @ts-check
/** `npm run package`: makes release/, a folder that runs without Node and without this clone. */
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { bundle } from './bundle.mjs';
import { isDevelopmentHost } from './electron-path.mjs';
import { builderConfig } from './electron-builder.mjs';
import { FALLBACK_ELECTRON, fallbackFolder } from './setup/electron-fallback.mjs';
import { folderBytes, readJson } from './setup/files.mjs';
import { packageFolder, root } from './setup/paths.mjs';
import { megabytes, say } from './setup/say.mjs';
import { main, setUp } from './setup.mjs';

await main(async () => {
  await setUp('app', { quiet: true });
  // Chunks of former bundles are kept for programs that still run; none of them is to be packed.
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await bundle(['core', 'electron', 'renderer']);
  rmSync(join(root, 'release'), { recursive: true, force: true });
  const { build, Platform, DIR_TARGET } = await import('electron-builder');
  await build({
    projectDir: root,
    targets: Platform.current().createTarget(DIR_TARGET),
    config: builderConfig(host()),
  });
  const size = megabytes(folderBytes(join(root, 'release')));
  say(`Packaged into release/ (${size}).`);
  if (isDevelopmentHost()) {
    say('It holds the development host: for trying the package out, not for release.');
  }
});

function host() {
  if (isDevelopmentHost()) {
    return { electronFolder: fallbackFolder, electronVersion: FALLBACK_ELECTRON };
  }
  const own = packageFolder('electron');
  const { version } = readJson(join(own, 'package.json'));
  return { electronFolder: join(own, 'dist'), electronVersion: version };
}
