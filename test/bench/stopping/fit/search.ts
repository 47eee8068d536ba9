/** Tries the values of a plan one constant after the other, on runs that are for fitting. */
import type { StoppingConstants } from '../../../../core/stopping/constants.ts';
import type { CorpusRun } from '../corpus.ts';
import type { Group } from './plan.ts';
import type { Setting } from '../evaluate.ts';
import { softRegret } from './soft.ts';

/** What was found of one constant. */
export interface Tried {
  constant: string;
  /** Mean soft regret of each value, as a share of that at the beginning; the value to begin with first. */
  values: { value: number; regret: number }[];
  taken: number;
}

/** A better value must be so many standard errors better than the one to begin with. */
const SURELY = 2;

/** Fits a group. @returns the constants with it, and what was tried */
export function fitGroup(
  runs: readonly CorpusRun[],
  { part, settings, values }: Group,
  from: StoppingConstants,
): { constants: StoppingConstants; tried: Tried[] } {
  let constants = from;
  const scaled = scaledBy(runs, settings, from);
  const tried: Tried[] = [];
  for (const [place, all] of Object.entries(values)) {
    const [start, ...others] = all.map((value) => {
      const candidate = withValue(constants, part, place, value);
      return { value, candidate, regrets: regretsOf(runs, scaled, candidate) };
    });
    const best = others
      .filter(({ regrets }) => isSurelyLess(regrets, start!.regrets))
      .reduce((a, b) => (mean(b.regrets) < mean(a.regrets) ? b : a), start!);
    constants = best.candidate;
    const told = [start!, ...others].map(({ value, regrets }) => ({
      value,
      regret: Number(mean(regrets).toFixed(4)),
    }));
    tried.push({ constant: `${part}.${place}`, values: told, taken: best.value });
  }
  return { constants, tried };
}

/** The constants with a group's values to begin with. */
export function begin(constants: StoppingConstants, groups: readonly Group[]): StoppingConstants {
  return groups.reduce(
    (all, { part, values }) =>
      Object.entries(values).reduce(
        (one, [place, [start]]) => withValue(one, part, place, start!),
        all,
      ),
    constants,
  );
}

/**
 * What runs lose, each the mean over settings, for several of the same run are no news; every setting
 * counts alike, as a share of what it loses at the beginning.
 */
function regretsOf(
  runs: readonly CorpusRun[],
  scaled: readonly Scaled[],
  constants: StoppingConstants,
): number[] {
  return runs.flatMap((run) => {
    const all = scaled.flatMap(({ setting, scale }) => {
      const regret = softRegret(run, setting, constants);
      return regret === null ? [] : [regret / scale];
    });
    return all.length > 0 ? [mean(all)] : [];
  });
}

/** A setting, and what runs lose in it at the beginning, in points. */
interface Scaled {
  setting: Setting;
  scale: number;
}

const scaledBy = (
  runs: readonly CorpusRun[],
  settings: Group['settings'],
  constants: StoppingConstants,
): Scaled[] =>
  settings.map((setting) => {
    const regrets = runs.flatMap((run) => softRegret(run, setting, constants) ?? []);
    return { setting, scale: mean(regrets) };
  });

function isSurelyLess(a: readonly number[], b: readonly number[]): boolean {
  const less = b.map((value, i) => value - a[i]!);
  const middle = mean(less);
  const variance = less.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (less.length - 1);
  return middle > SURELY * Math.sqrt(variance / less.length);
}

const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length;

/** A copy with one number changed: `zigzags`, or `zigzags.0` of a list. */
function withValue(
  all: StoppingConstants,
  part: string,
  place: string,
  value: number,
): StoppingConstants {
  const copy = structuredClone(all) as unknown as Record<string, Record<string, number | number[]>>;
  const [name = '', at] = place.split('.');
  const group = copy[part]!;
  if (at === undefined) group[name] = value;
  else (group[name] as number[])[Number(at)] = value;
  return copy as unknown as StoppingConstants;
}
