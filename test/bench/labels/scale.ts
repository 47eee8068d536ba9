/**
 * `npm run bench -- --labels --scale 1000000x10`: how long an audit takes after a run, and what memory, on made chances
 * and features of many samples. A hold-out is a tenth of them.
 */
import { alikeOf } from '../../../core/labels/alike.ts';
import { audit } from '../../../core/labels/audit.ts';
import type { Evidence } from '../../../core/labels/audit.ts';
import type { FeaturePoints } from '../../../core/labels/neighbours.ts';
import { nearestTraining } from '../../../core/audit/look.ts';
import { auditRows } from '../../../core/audit/table.ts';
import { newLabels } from '../../../core/data/labels.ts';
import { loadTensorFlow } from '../../../core/engine/tensorflow.ts';
import { randomOf } from '../../../core/random.ts';
import { printNote } from '../../../core/terminal/output.ts';

/** Numbers of a sample's features. */
const FEATURES = 64;
/** The share of labels that are those of the next class. */
const NOISE = 0.3;

/** What a bench of one size found. */
export interface ScaleOutcome {
  samples: number;
  classes: number;
  /** Seconds, by what was done. */
  seconds: Record<string, number>;
  /** The same in seconds of all cores, which other work on the machine changes less. */
  cpu: Record<string, number>;
  /** The most memory that the process held, in GiB. */
  peak: number;
  flagged: number;
  /** The share of flagged labels that are wrong. */
  precision: number;
}

type Made = Omit<Evidence, 'neighbours'> & { truth: Uint16Array; points: FeaturePoints };

/** What a network would say of samples whose labels have pair noise. */
function made(samples: number, classes: number, seed: number): Made {
  const random = randomOf(seed, 'scale');
  const given = newLabels(samples, classes);
  const truth = new Uint16Array(samples);
  const probabilities = new Float32Array(samples * classes);
  const votes = new Float32Array(samples * classes);
  const values = new Float32Array(samples * FEATURES);
  for (let i = 0; i < samples; i++) {
    const label = (truth[i] = random.below(classes));
    const next = (label + 1) % classes;
    given[i] = random.real() < NOISE ? next : label;
    const other = random.below(classes);
    const doubt = 0.3 * random.real() ** 2;
    const row = i * classes;
    for (let c = 0; c < classes; c++) probabilities[row + c] = 0.02 / classes;
    probabilities[row + label]! += 0.98 * (1 - doubt) * (1 - NOISE);
    probabilities[row + next]! += 0.98 * (1 - doubt) * NOISE;
    probabilities[row + other]! += 0.98 * doubt;
    votes[row + label]! += 1 - doubt;
    votes[row + other]! += doubt;
    for (let j = 0; j < FEATURES; j++) {
      const centre = j % classes === label || j % classes === other ? 1 : 0;
      values[i * FEATURES + j] = centre + random.real() + random.real() - 1;
    }
  }
  return { given, truth, probabilities, votes, points: { values, size: FEATURES } };
}

/** Audits made samples. */
export async function benchScale(samples: number, classes: number): Promise<ScaleOutcome> {
  const tf = await loadTensorFlow(2);
  const holdout = Math.round(samples / 10);
  const train = made(samples - holdout, classes, 1);
  const held = made(holdout, classes, 2);
  const seconds: Record<string, number> = {};
  const cpu: Record<string, number> = {};
  let since = { wall: performance.now(), cpu: process.cpuUsage() };
  const took = (what: string) => {
    const { user, system } = process.cpuUsage(since.cpu);
    seconds[what] = (performance.now() - since.wall) / 1000;
    cpu[what] = (user + system) / 1e6;
    const times = `${seconds[what].toFixed(2)} s, ${cpu[what].toFixed(2)} s of all cores`;
    printNote(`${what}: ${times}, ${peakMemory().toFixed(2)} GiB`);
    since = { wall: performance.now(), cpu: process.cpuUsage() };
  };
  const near = nearestTraining(tf, train.points);
  const neighbours = await near(train.points, () => undefined);
  const heldNear = await near(held.points, () => undefined);
  took('neighbours');
  const unseen = [{ ...held, neighbours: heldNear }];
  const found = audit({ ...train, neighbours }, unseen, classes);
  took('audit');
  const alike = alikeOf(neighbours, train.given, train.given);
  took('alike');
  const rows = auditRows('train', train.given, found.train, String, alike);
  took('rows');
  const flagged = rows.filter((row) => row.flagged);
  const right = flagged.filter((row) => row.given !== train.truth[row.index]);
  return {
    ...{ samples, classes, seconds, cpu, peak: peakMemory(), flagged: flagged.length },
    precision: right.length / flagged.length,
  };
}

/** The most memory that this process has held so far, in GiB. */
const peakMemory = (): number => process.resourceUsage().maxRSS / 2 ** 20;
