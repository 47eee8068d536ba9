import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { app } from 'electron';

/** Files beside the bundled main process, in a clone and in a package alike. */
export const places = {
  core: join(__dirname, '..', 'core', 'process.cjs'),
  worker: join(__dirname, '..', 'core', 'sweep-worker.cjs'),
  command: join(__dirname, '..', 'core', 'cli.cjs'),
  preload: join(__dirname, 'preload.cjs'),
  mainJob: join(__dirname, 'main-job.cjs'),
  renderer: join(__dirname, '..', 'renderer'),
  icon: join(__dirname, '..', '..', 'assets', 'icon.png'),
};

/** The app's own folder among the person's settings. */
const home = (): string => join(app.getPath('appData'), 'label-noise-lab');

/** Where runs are kept unless told otherwise: in the clone, or beside the settings when packaged. */
export function usualRunsFolder(): string {
  return app.isPackaged ? join(home(), 'runs') : join(app.getAppPath(), 'runs');
}

/** A profile for each runs folder: the lock against a second start belongs to the profile. */
export function profileFolder(runsFolder: string): string {
  const name = createHash('sha256').update(runsFolder).digest('hex').slice(0, 12);
  return join(home(), 'profiles', name);
}
