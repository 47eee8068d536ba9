/**
 * Recommends the epoch to stop at: the one that is expected to lose least, given all that a log
 * tells without test data or true labels. See `measured.ts` for what is read, `posterior.ts` for how
 * it is weighed.
 */
import { randomNormal } from 'd3-random';
import type { Verdict } from '../contract/messages/records.ts';
import { BY_EPOCH } from '../contract/messages/verdict.ts';
import { randomOf } from '../random.ts';
import { CONSTANTS } from './constants.ts';
import type { StoppingConstants } from './constants.ts';
import { endingOf } from './ending.ts';
import { entropyOf, UNKNOWN } from './known.ts';
import type { Known } from './known.ts';
import { measureLog } from './measured.ts';
import type { Measurement } from './measurement.ts';
import { posteriorOf } from './posterior.ts';
import type { Posterior } from './posterior.ts';
import { classesSeen } from './seen.ts';
import { reasonsOf } from './reasons.ts';
import { candidatesOf } from './rules/index.ts';
import type { SampleRecord } from './sample-record.ts';
import type { StoppingSignals } from './signals.ts';

/** Changes whenever the rule does, so that kept verdicts of another one are computed anew. */
export const RULE = 4;

const DRAWS = 300;
/** An epoch cannot be told from the recommended one where it is better in more draws than this. */
const TOLD_APART = 0.03;
/** How many points in a row may be told apart inside a range: zigzags are no borders. */
const GAP = 2;
/** Below this chance that waiting helps, the best is past; above the other, it is ahead. */
const PAST = 0.1;
const AHEAD = 0.5;
/** After a decline of the hold-out a better epoch came within reach less often than this. */
const AFTER_DECLINE = 0.4;
/** What epochs are judged by, the best first. */
const MEASURED = ['holdoutAccuracy', 'holdoutLoss', 'predictionChanges'] as const;
/** Epochs around the best block that are looked at one by one, in long logs. */
const CLOSE = 32;

/**
 * @param rows signals by epoch; epoch 0 may be among them
 * @param holdoutCount samples of the hold-out; 0 where there is none or it is not known
 * @param record each sample's predictions, for the rows after epoch 0; null where only curves are known
 * @param known what a person knows beside the log
 * @returns null before the second epoch of training, or where no signal is there
 */
export function recommend(
  rows: readonly StoppingSignals[],
  holdoutCount: number,
  record: SampleRecord | null = null,
  known: Known = UNKNOWN,
  constants: StoppingConstants = CONSTANTS,
): Verdict | null {
  const judged = judge(rows, holdoutCount, record, known, constants, DRAWS);
  if (!judged) return null;
  const { trained, found, posterior } = judged;
  const at =
    found.best === null
      ? indexOfMax(posterior.mean)
      : found.blocks.findIndex((block) => block.includes(found.best!));
  const [from, to] = rangeAround(posterior.draws, at);
  const row = found.rows[found.best ?? closeUp(found, at, holdoutCount, constants)]!;
  const ending = endingOf(trained, row.epoch);
  const ahead = chanceAhead(posterior);
  const chance = ending === 'declined' ? Math.min(ahead, AFTER_DECLINE) : ahead;
  const verdict = {
    epoch: row.epoch,
    low: Math.min(row.epoch, found.rows[found.blocks[from]![0]!]!.epoch),
    high: Math.max(row.epoch, found.rows[found.blocks[to]!.at(-1)!]!.epoch),
    confidence: calibrated(confidenceOf(posterior.draws, from, to), found),
    chanceAhead: chance,
    expectedLoss: found.inPoints ? expectedLoss(posterior.draws, at) : null,
    method: found.method,
    phase: phaseOf(chance),
    ...(ending === 'level' ? {} : { endsLower: true }),
  };
  return {
    ...verdict,
    ...(isAll(verdict, trained) ? { allAlike: true } : {}),
    why: reasonsOf(trained, verdict, BY_EPOCH, known.noise),
    candidates: candidatesOf(trained),
  };
}

/**
 * What each point of a log may be worth, before one is chosen; see `recommend`.
 * @param draws how many curves to draw; 0 where only what is expected is asked for
 */
export function judge(
  rows: readonly StoppingSignals[],
  holdoutCount: number,
  record: SampleRecord | null,
  known: Known,
  constants: StoppingConstants,
  draws: number,
) {
  const trained = rows.filter((row) => row.epoch > 0);
  const classes = record?.classes ?? known.classes;
  const entropy = known.noise && entropyOf(known.noise, classes ?? classesSeen(rows));
  const found = measureLog(trained, holdoutCount, record, { classes, entropy }, constants);
  if (!found) return null;
  const posterior = posteriorFor(found, draws);
  const expected = found.best === null ? posterior.mean : found.measured.y;
  return { trained, found, posterior, expected };
}

function posteriorFor({ measured }: Measurement, draws: number): Posterior {
  const normal = randomNormal.source(randomOf(0, 'confidence').real)();
  return posteriorOf(measured, normal, draws);
}

const NOTHING = { classes: null, entropy: null };

/** The best single row of a block, by a second look at the rows around it. */
function closeUp(
  { rows, blocks }: Measurement,
  at: number,
  holdoutCount: number,
  constants: StoppingConstants,
): number {
  const block = blocks[at]!;
  if (block.length === 1) return block[0]!;
  const middle = block[Math.floor(block.length / 2)]!;
  const from = Math.max(0, middle - CLOSE);
  const again = measureLog(
    rows.slice(from, from + 2 * CLOSE),
    holdoutCount,
    null,
    NOTHING,
    constants,
  );
  if (!again) return middle;
  const { mean } = posteriorFor(again, 0);
  const meanOf = new Map(again.rows.map(({ epoch }, i) => [epoch, mean[i]!]));
  const expected = (row: number) => meanOf.get(rows[row]!.epoch) ?? -Infinity;
  return block.reduce((best, row) => (expected(row) > expected(best) ? row : best), middle);
}

function indexOfMax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

/** The range around `at` of points that are statistically indistinguishable from it. */
function rangeAround(draws: readonly Float64Array[], at: number): [number, number] {
  const points = draws[0]?.length ?? 1;
  const alike = Array.from({ length: points }, (_, i) => {
    const better = draws.filter((curve) => curve[i]! > curve[at]!).length;
    return i === at || better > TOLD_APART * draws.length;
  });
  const reach = (step: 1 | -1): number => {
    let end = at;
    for (let i = at + step; i >= 0 && i < points && Math.abs(i - end) <= GAP + 1; i += step) {
      if (alike[i]) end = i;
    }
    return end;
  };
  return [reach(-1), reach(1)];
}

/** How often the best epoch of a draw lies in the range. */
function confidenceOf(draws: readonly Float64Array[], from: number, to: number): number {
  const inside = draws.filter((curve) => {
    const best = indexOfMax(curve);
    return best >= from && best <= to;
  });
  return inside.length / draws.length;
}

/**
 * What a stated chance came true as on the runs that constants were fitted to: a line through log odds
 * (Platt 1999), and through the logarithm of the hold-out's size. By itself a posterior is too sure.
 */
function calibrated(chance: number, { calibration, holdoutCount }: Measurement): number {
  const [slope, offset, bySize] = calibration;
  const inside = Math.min(Math.max(chance, 0.002), 0.998);
  const size = holdoutCount > 0 ? Math.log(holdoutCount / 1000) : 0;
  const odds = slope * Math.log(inside / (1 - inside)) + offset + bySize * size;
  return 1 / (1 + Math.exp(-odds));
}

/** How often an epoch to come is better than the best so far. */
function chanceAhead({ draws, ahead }: Posterior): number {
  const better = draws.filter((curve, i) => ahead[i]! > curve[indexOfMax(curve)]!);
  return better.length / draws.length;
}

/** How far below a draw's best the recommended epoch lies, on average. */
function expectedLoss(draws: readonly Float64Array[], at: number): number {
  const losses = draws.map((curve) => curve[indexOfMax(curve)]! - curve[at]!);
  return losses.reduce((a, b) => a + b, 0) / draws.length;
}

/** Whether a range of several epochs is all that was measured. */
function isAll({ low, high }: { low: number; high: number }, rows: readonly StoppingSignals[]) {
  const measured = MEASURED.map((signal) => rows.filter((row) => row[signal] !== null)).find(
    (found) => found.length > 1,
  );
  const [first, last] = [measured?.[0], measured?.at(-1)];
  return low < high && low <= (first?.epoch ?? low) && high >= (last?.epoch ?? high);
}

function phaseOf(chance: number): Verdict['phase'] {
  if (chance >= AHEAD) return 'learning';
  return chance < PAST ? 'past' : 'flat';
}
