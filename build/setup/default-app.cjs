// The development host's own application: opens the app folder named on its command line, as
// Electron's default app does.
const { app } = require('electron');
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const named = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (!named) {
  process.stderr.write('Name the folder of an app: electron FOLDER\n');
  app.exit(2);
} else {
  const folder = resolve(named);
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  app.setName(about.productName ?? about.name);
  app.setVersion(about.version ?? '0.0.0');
  app.setAppPath(folder);
  require(join(folder, about.main));
}
