// @ts-check
/** What `npm run package -- --targets` takes. */
import { SetUpProblem } from '../setup/problem.mjs';

/** Targets by the system that makes them. */
export const TARGETS = /** @type {Record<string, string[]>} */ ({
  linux: ['deb', 'rpm', 'tar', 'appimage'],
  win32: ['nsis', 'portable', 'zip'],
  darwin: ['dmg', 'zip'],
});

/**
 * Reads the targets from the command line; none are asked for, none are made besides the folder.
 * @param {string[]} args
 * @param {NodeJS.Platform} platform
 * @returns {string[]}
 */
export function readTargets(args, platform) {
  const at = args.findIndex((arg) => arg === '--targets' || arg.startsWith('--targets='));
  const rest = args.filter((_, i) => i !== at && !(args[at] === '--targets' && i === at + 1));
  if (rest.length > 0) {
    throw new SetUpProblem(`Package: there is no option ${rest[0]}; there is --targets.`);
  }
  if (at < 0) return [];
  const text = args[at]?.split('=')[1] ?? args[at + 1] ?? '';
  const asked = text.split(',').filter(Boolean);
  const known = TARGETS[platform] ?? [];
  const unknown = asked.find((target) => !known.includes(target));
  if (asked.length === 0 || unknown !== undefined) {
    const what = unknown === undefined ? 'no target is named' : `"${unknown}" is not made here`;
    throw new SetUpProblem(`Package: ${what}; on ${platform} there are ${known.join(', ')}.`);
  }
  return asked;
}
