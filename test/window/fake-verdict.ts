/** What would be recommended after an epoch of a fake run. */
import type { Config } from '../../core/contract/config/schema.ts';
import type { Phrase } from '../../core/contract/words/phrase.ts';
import type { Verdict } from '../../core/contract/messages/records.ts';

const STOP = 6;
/** The epoch from which the best is past, where labels are wrong. */
const PAST = 12;
/** A run that stops by itself does so once five verdicts in a row say so. */
const ENDS = PAST + 4;

/** The rules, each with the epoch that it names in the end. */
const RULES: [string, number][] = [
  ['highestAccuracy', 6],
  ['lowestLoss', 5],
  ['patience3', 5],
  ['patience5', 5],
  ['patience10', 8],
  ['labelWave', 21],
  ['last', Infinity],
];

const AT = { unit: 'epoch', at: 6, last: 40 };
/** Why, with its figures. */
const WHY: Phrase[] = [
  {
    code: 'verdict.reasons.accuracyFell',
    values: {
      what: { code: 'verdict.holdoutAccuracy' },
      ...AT,
      here: '54.1%',
      later: '34.7%',
      points: '19.4',
    },
  },
  { code: 'verdict.reasons.changes', values: { ...AT, at: 8, n: '312' } },
  {
    code: 'verdict.reasons.waiting',
    values: { ...AT, ahead: 'ahead', share: '2%', points: '0.3' },
  },
];

/** Whether the run ends by itself after this epoch. */
export function fakeEnds({ training, noise }: Config, epoch: number): boolean {
  return training.stopChance > 0 && noise.kind !== 'none' && epoch >= ENDS;
}

/** The verdict; null before the third epoch. Without noise no epoch is worse than another. */
export function fakeVerdict(config: Config, epoch: number): Verdict | null {
  if (epoch < 3) return null;
  const noisy = config.noise.kind !== 'none';
  const past = epoch >= PAST && noisy;
  const ahead = { past: 0.02, learning: 0.72, flat: 0.24 };
  const phase = past ? 'past' : noisy ? 'learning' : 'flat';
  return {
    epoch: Math.min(epoch, noisy ? STOP : Math.max(3, epoch - 3)),
    low: Math.min(epoch, 4),
    high: Math.min(epoch, noisy ? 8 : epoch),
    confidence: past ? 0.9 : 0.55,
    chanceAhead: ahead[phase],
    expectedLoss: 0.003,
    method: 'samples',
    phase,
    why: WHY,
    candidates: RULES.map(([rule, at]) => ({ rule, epoch: Math.min(epoch, at) })),
  };
}
