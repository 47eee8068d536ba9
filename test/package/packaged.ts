/** Where the packaged folder is. */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder in `release/` that holds the application. */
export function packagedFolder(): string {
  const name = readdirSync('release').find((one) => existsSync(join('release', one, 'resources')));
  return resolve('release', name!);
}
