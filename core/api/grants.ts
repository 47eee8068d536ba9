/**
 * Which paths the page may have read. It names paths, but none of its own making: only what a person
 * opened in a dialog, dropped on the window, or opened in an earlier session, and what lies below.
 * What configs of runs name may be read again, which is what lets a run be duplicated.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import * as v from 'valibot';
import { InputError } from '../contract/words/errors.ts';
import { makeFolder, writeJson } from '../disk/write.ts';

/** The oldest of more are forgotten. */
const MOST = 200;

const GrantsSchema = v.array(v.pipe(v.string(), v.maxLength(4096)));

/** The paths that were granted, kept in a file of the window's settings, which the page cannot reach. */
export interface Grants {
  /** Files and folders that a person opened, newest first. */
  all(): readonly string[];
  /** A person opened this file or folder. */
  grant(path: string): void;
  /** Takes it back, from the next start on: a form may still be filled in with it. */
  forget(path: string): void;
  /** Lets what is missing among these be asked for by opening it. @throws InputError naming the first */
  check(paths: readonly string[]): void;
}

/**
 * @param file where they are kept from one start to the next
 * @param pathsOfRuns what configs of runs name; asked only for a path that nothing else grants
 * @param warn is told where a disk takes no more: then they are forgotten when the lab is closed
 */
export function createGrants(
  file: string,
  pathsOfRuns: () => readonly string[],
  warn: (error: unknown) => void,
): Grants {
  let granted = readGrants(file);
  /** Named by runs or forgotten by now; allowed until the lab is closed, and nothing below them. */
  const untilClosed = new Set<string>();

  const keep = (paths: string[]): void => {
    granted = paths.slice(0, MOST);
    try {
      makeFolder(dirname(file));
      writeJson(file, granted);
    } catch (error) {
      warn(error);
    }
  };
  const first = (path: string): void => keep([path, ...granted.filter((one) => one !== path)]);
  const isGranted = (path: string): boolean => {
    const at = granted.findIndex((one) => holds(one, path));
    // What is in use must not be the next to be forgotten.
    if (at >= MOST / 2) first(granted[at]!);
    return at >= 0;
  };

  return {
    all: () => granted,
    grant: (path) => first(resolve(path)),
    forget(path) {
      const whole = resolve(path);
      if (!granted.includes(whole)) return;
      untilClosed.add(whole);
      keep(granted.filter((one) => one !== whole));
    },
    check(paths) {
      for (const path of paths) {
        const whole = resolve(path);
        if (isGranted(whole) || untilClosed.has(whole)) continue;
        for (const one of pathsOfRuns()) untilClosed.add(resolve(one));
        if (!untilClosed.has(whole)) throw refusal(path);
      }
    },
  };
}

function readGrants(file: string): string[] {
  try {
    return v.parse(GrantsSchema, JSON.parse(readFileSync(file, 'utf8'))).slice(0, MOST);
  } catch {
    return [];
  }
}

/** Whether a path is what was granted or lies below it, as it is written and where links lead. */
function holds(granted: string, path: string): boolean {
  // Written first: to follow the links of a stranger's path would already touch it (or its server).
  if (!isWithin(granted, path)) return false;
  const [from, to] = [realPath(granted), realPath(path)];
  // What is not there cannot be read; the core says so.
  return from === null || to === null || isWithin(from, to);
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function refusal(path: string): InputError {
  const shown = path.length > 200 ? `…${path.slice(-200)}` : path;
  return new InputError('window.mayNotRead', { path: JSON.stringify(shown) });
}
