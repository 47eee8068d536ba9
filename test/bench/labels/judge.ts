/** What our audit and its peers find of one made run. */
import type { TensorFlow } from '../../../core/engine/tensorflow.ts';
import { audit } from '../../../core/labels/audit.ts';
import type { Audit, Evidence } from '../../../core/labels/audit.ts';
import { nearest } from '../../../core/labels/neighbours.ts';
import type { FeaturePoints } from '../../../core/labels/neighbours.ts';
import type { Labels } from '../../../core/data/labels.ts';
import { runPeer } from '../python.ts';
import type { Made, RunFacts } from './make.ts';
import { auroc, calibrationError, precision } from './scores.ts';

/** One method on one run. */
export interface Outcome {
  set: string;
  seed: number;
  method: string;
  auroc: number;
  precision: number;
  /** Stated less real share of wrong labels; null of a method that states none. */
  rateError: number | null;
  /** Of stated chances; null of a method that states none. */
  ece: number | null;
  flagged: number | null;
  /** The share of suggestions for flagged labels that are right; null of a method that suggests none. */
  right: number | null;
  testAccuracy: number;
}

export const OURS = 'Ours';
const NEIGHBOURS = 30;

/** Our audit of a run, from one epoch to the end of the recommended range. */
export async function judgeOurs(tf: TensorFlow, made: Made<RunFacts>): Promise<Outcome> {
  const { facts, arrays } = made;
  const { classes, verdict } = facts;
  const given = arrays['given'] as Labels;
  const points = (name: string, samples: number): FeaturePoints => {
    const values = arrays[name] as Float32Array;
    return { values, size: values.length / samples };
  };
  const held = arrays['holdout_given'] as Labels;
  const among = points('features', given.length);
  const own = Int32Array.from(given.keys());
  const train: Evidence = {
    ...meansOf(arrays['probabilities'] as Float32Array, given, classes, verdict.high),
    neighbours: await nearest(tf, among, among, own, NEIGHBOURS),
  };
  const holdout: Evidence = {
    ...meansOf(arrays['holdout_probabilities'] as Float32Array, held, classes, verdict.high),
    neighbours: await nearest(tf, points('holdout_features', held.length), among, null, NEIGHBOURS),
  };
  return outcomeOf(made, audit(train, [holdout], classes));
}

/** Chances and votes over the first epochs. */
function meansOf(
  probabilities: Float32Array,
  given: Labels,
  classes: number,
  epochs: number,
): Omit<Evidence, 'neighbours'> {
  const size = given.length * classes;
  const mean = new Float32Array(size);
  const votes = new Float32Array(size);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let at = 0; at < size; at += classes) {
      let top = 0;
      for (let c = 0; c < classes; c++) {
        const chance = probabilities[epoch * size + at + c]!;
        mean[at + c]! += chance / epochs;
        if (chance > probabilities[epoch * size + at + top]!) top = c;
      }
      votes[at + top]! += 1 / epochs;
    }
  }
  return { given, probabilities: mean, votes };
}

function outcomeOf({ facts, arrays }: Made<RunFacts>, { train, noiseRate }: Audit): Outcome {
  const truth = arrays['truth'] as Labels;
  const given = arrays['given'] as Labels;
  const wrong = wrongOf(given, truth);
  const { classes } = facts;
  const flagged = [...given.keys()].filter((i) => train.wrong[i]! > 0.5);
  const right = flagged.filter((i) => {
    const own = train.probabilities.subarray(i * classes, (i + 1) * classes);
    const others = [...own.keys()].filter((c) => c !== given[i]);
    return others.reduce((a, b) => (own[b]! > own[a]! ? b : a)) === truth[i];
  });
  return {
    ...common(facts, OURS, train.wrong, wrong),
    rateError: noiseRate.estimate - rateOf(wrong),
    ece: calibrationError(train.wrong, wrong),
    flagged: flagged.length,
    right: flagged.length > 0 ? right.length / flagged.length : null,
  };
}

/** What cleanlab and AUM find from the same networks. */
export async function judgePeers(
  python: string,
  folder: string,
  name: string,
  { facts, arrays }: Made<RunFacts>,
): Promise<Outcome[]> {
  const wrong = wrongOf(arrays['given'] as Labels, arrays['truth'] as Labels);
  const said = JSON.parse(await runPeer(python, 'labels_bench.py', [folder, name])) as Record<
    string,
    { scores: number[]; rate?: number; flagged?: number }
  >;
  return Object.entries(said).map(([method, { scores, rate, flagged }]) => ({
    ...common(facts, method, scores, wrong),
    rateError: rate === undefined ? null : rate - rateOf(wrong),
    ece: null,
    flagged: flagged ?? null,
    right: null,
  }));
}

function common(facts: RunFacts, method: string, scores: ArrayLike<number>, wrong: boolean[]) {
  const { id: set, seed, verdict, testAccuracy } = facts;
  return {
    ...{ set, seed, method },
    auroc: auroc(scores, wrong),
    precision: precision(scores, wrong),
    testAccuracy: testAccuracy[verdict.epoch - 1]!,
  };
}

const wrongOf = (given: Labels, truth: Labels): boolean[] =>
  Array.from(given, (label, i) => label !== truth[i]);

const rateOf = (wrong: readonly boolean[]): number => wrong.filter(Boolean).length / wrong.length;
