// @ts-check
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone's root folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Stamps and scratch files of set-up in this clone; ignored by git, safe to delete. */
export const stampFolder = join(root, '.setup');

/** Downloads kept for every clone of this person, so that a second clone fetches nothing twice. */
export const cacheFolder = join(
  process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
  'label-noise-lab',
);

/**
 * The folder of an installed package.
 * @param {string} name
 */
export const packageFolder = (name) => join(root, 'node_modules', ...name.split('/'));
