/** The transition matrix that an audit estimates of a run, for trainings that are to be told one. */
import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../contract/config/schema.ts';
import { harmless, InputError } from '../contract/words/errors.ts';
import { auditNote } from '../contract/words/notes.ts';
import { wholePercent } from '../contract/words/numbers.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { openDataset } from '../data/index.ts';
import type { Rate } from '../labels/audit.ts';
import { checkRun } from '../run-folder/check.ts';
import { runName } from '../run-folder/stored.ts';
import { auditRun } from './audit-run.ts';
import type { RunAudit } from './audit-run.ts';
import type { AuditControl } from './control.ts';
import { matrixRows, notesOfAudit } from './notes.ts';

/** Which data and labels an experiment is on. */
export type DataWithNoise = Pick<Config, 'data' | 'noise'>;

/** How labels become wrong, as a run shows it. */
export interface TransitionEstimate {
  /** Row: true class, column: given label; rows add up to 1 but for rounding. */
  matrix: number[][];
  /** Of the run's training labels. */
  rate: Rate;
  /** Where it is from and how sure it is, in one sentence, then what lessens its worth. */
  told: Phrase[];
}

/** Decimals of the shares: more would be no truer, and hard to read in a file. */
const DECIMALS = 6;

/**
 * Estimates the matrix by the given labels of training samples and hold-out and what the network said of
 * them; no true label is read.
 * @param run the folder of a run
 * @param experiment which the matrix is for
 * @throws InputError where the run has not finished, is damaged, of other classes or too short, or no
 * sample of a class was found; DOMException where it was ended
 */
export async function transitionFrom(
  run: string,
  experiment: DataWithNoise,
  control: AuditControl = {},
): Promise<TransitionEstimate> {
  const { stored, summary, damage } = checkRun(run);
  if (damage) throw new InputError(damage);
  if (summary?.status !== 'finished') throw new InputError('audit.notFinished', { where: run });
  const { classes } = await openDataset(experiment.data);
  compareClasses(run, stored.classes, classes);
  const audit = await auditRun(run, {}, control);
  needEvidence(run, audit);
  const { noiseRate: rate } = audit.found;
  const isOther = stored.config !== null && !isSameLabels(stored.config, experiment);
  return {
    matrix: matrixRows(audit).map((row) => row.map((share) => Number(share.toFixed(DECIMALS)))),
    rate,
    told: [
      sentenceOf(runName(stored), rate),
      ...(isOther ? [auditNote('otherLabels')] : []),
      ...notesOfAudit(audit),
    ],
  };
}

/** @throws InputError where they are not the same in the same order */
function compareClasses(run: string, own: readonly string[], needed: readonly string[]): void {
  if (own.length !== needed.length) {
    const counts = { own: own.length, needed: needed.length };
    throw new InputError('audit.otherClassCount', { where: run, ...counts });
  }
  const at = own.findIndex((name, c) => name !== needed[c]);
  if (at < 0) return;
  const names = { label: at, own: own[at]!, needed: needed[at]! };
  throw new InputError('audit.otherClasses', { where: run, ...names });
}

/** A row of which nothing was seen would be a guess. @throws InputError naming the class */
function needEvidence(run: string, { classes, rows }: RunAudit): void {
  const seen = new Set(rows.map(({ suggested }) => suggested));
  const missing = classes.find((_, c) => !seen.has(c));
  if (missing !== undefined) throw new InputError('audit.noEvidence', { where: run, missing });
}

/** Whether two experiments give the same samples labels by the same noise, whatever the seeds. */
function isSameLabels(one: DataWithNoise, other: DataWithNoise): boolean {
  const of = ({ data, noise }: DataWithNoise) => ({
    source: data.source,
    reading: data.reading,
    corrections: data.corrections,
    clusters: data.source === 'clusters' ? data.clusters : null,
    noise: noise.kind === 'none' ? noise.kind : { ...noise, seed: 0 },
  });
  return isDeepStrictEqual(of(one), of(other));
}

function sentenceOf(name: string, { estimate, low, high }: Rate): Phrase {
  const [share, least, most] = [estimate, low, high].map(wholePercent);
  return {
    code: 'audit.transition',
    values: harmless({ name, share: share!, low: least!, high: most! }),
  };
}
