/** Audits the labels of a run on disk. */
import { InputError } from '../contract/words/errors.ts';
import { auditNote } from '../contract/words/notes.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { sampleName, testPart } from '../data/index.ts';
import { pick } from '../data/labels.ts';
import type { Labels } from '../data/labels.ts';
import { cores } from '../machine/cores.ts';
import { loadTensorFlow, threadsInUse } from '../engine/tensorflow.ts';
import { audit, WEAK } from '../labels/audit.ts';
import type { Audit, Evidence } from '../labels/audit.ts';
import { checkWhole } from '../run-folder/check.ts';
import type { CheckedRun } from '../run-folder/check.ts';
import { readLabels } from '../run-folder/read.ts';
import type { RunLabels } from '../run-folder/read.ts';
import { ownConfig } from '../run-folder/stored.ts';
import { compareLabels } from '../run-folder/reopen.ts';
import { verdictOf } from '../run-folder/verdict.ts';
import { prepare } from '../training/prepare.ts';
import type { Prepared } from '../training/prepare.ts';
import { alikeIn } from './alike.ts';
import { annotationsOf, annotatorsNote } from './annotators.ts';
import type { AnnotatorFile, PartAnnotations } from './annotators.ts';
import { within } from './control.ts';
import type { AuditControl } from './control.ts';
import { readEvidence } from './evidence.ts';
import { readNames } from '../recorded/labels.ts';
import { lookAt, lookAtFeatures } from './look.ts';
import type { PartNeighbours } from './look.ts';
import { auditRows } from './table.ts';
import type { AuditRow } from './table.ts';
import { readThorough } from './thorough.ts';

/** What of a run is audited, and how. */
export interface AuditAsk {
  /**
   * Whether test samples are scored too, or are where that can be done; their labels are read for
   * nothing else.
   */
  test?: boolean | 'if-possible';
  /** Trains so many times more, each without a part of the samples; not where it is not there. */
  folds?: number;
  /** Labels of annotators, instead of those that were kept with the run. */
  annotators?: AnnotatorFile | null;
}

/** An audit of a run. */
export interface RunAudit {
  classes: string[];
  rows: AuditRow[];
  found: Audit;
  /** Whether its network tells so few true classes that its own errors look like wrong labels. */
  weak: boolean;
  /** What it was judged by, in short. */
  method: 'folds' | 'features' | 'probabilities' | 'votes';
  /** What is missing, and what follows from it. */
  notes: Phrase[];
  /** The run's data; null where they are not at hand. */
  prepared: Prepared | null;
  /** The true training labels, for display; null where they are not known. */
  truth: Labels | null;
  /** Who is near whom; null where no features are known. */
  neighbours: PartNeighbours | null;
  /** What several people called the samples; null where nobody did. */
  annotators: PartAnnotations | null;
}

/** Of a thorough audit, the share of work after which its folds are trained. */
const LOOKING = 0.95;

/**
 * Audits training samples and hold-out, and where asked the test samples.
 * @throws InputError where the run is too short or damaged, or its data are not there for what was asked,
 * DOMException where it was ended
 */
export async function auditRun(
  run: string,
  { test: withTest = false, folds, annotators: file = null }: AuditAsk = {},
  control: AuditControl = {},
): Promise<RunAudit> {
  const checked = checkWhole(run);
  const verdict = verdictOf(run, checked);
  if (!verdict) throw new InputError('audit.tooShort', { where: run });
  const labels = readLabels(run, checked.stored);
  const notes: Phrase[] = [];
  const isRecorded = checked.stored.recorded !== null;
  const prepared = isRecorded ? null : await dataOf(run, checked, labels, notes);
  const names = readNames(run, checked.stored);
  if (folds !== undefined && !prepared) throw new InputError('audit.noFolds', { where: run });
  // Before the work, which may take hours: a file that does not fit is not found out after it.
  if (file && !prepared) throw new InputError('audit.noAnnotators', { where: run });
  const annotators = prepared && (await annotationsOf(run, prepared, file));
  if (annotators) notes.push(annotatorsNote(annotators));
  const evidence =
    folds === undefined
      ? readEvidence(run, checked, labels, verdict.high)
      : await readThorough(
          ...([run, checked, labels, prepared!, verdict, folds] as const),
          within(control, 0, LOOKING),
        );
  const looking = within(control, folds === undefined ? 0 : LOOKING, 1);
  looking.progress?.(0.1);
  if (!evidence.kept) notes.push(auditNote('votes'));
  if (!evidence.holdout && folds === undefined) notes.push(auditNote('noHoldout'));
  const tf = await loadTensorFlow(
    threadsInUse() ?? checked.stored.config?.training.threads ?? cores(),
  );
  const seen = prepared
    ? await lookAt(tf, run, checked, prepared, verdict, withTest !== false, looking)
    : await lookAtFeatures(tf, run, labels, looking);
  if (!seen && (prepared || isRecorded)) {
    const call = 'recorder.features';
    notes.push(isRecorded ? auditNote('noFeatures', { call }) : auditNote('noWeights'));
  }
  if (withTest === true && !seen) throw new InputError('audit.noTest', { where: run });
  const train: Evidence = {
    ...evidence.train,
    neighbours: seen?.train ?? null,
    annotators: annotators?.train ?? null,
  };
  const unseen: Evidence[] = [];
  if (evidence.holdout) {
    unseen.push({
      ...evidence.holdout,
      neighbours: seen?.holdout ?? null,
      annotators: annotators?.holdout ?? null,
    });
  }
  const tested =
    prepared && prepared.split.test.length > 0 && seen?.test
      ? { ...seen.test, given: testLabels(prepared) }
      : null;
  // Without a hold-out the test samples are no stand-in for it: nothing is fitted to them.
  if (tested && evidence.holdout) unseen.push(tested);
  else if (withTest && seen) notes.push(auditNote(tested ? 'testAlone' : 'noTestSamples'));
  control.signal?.throwIfAborted();
  const found = audit(train, unseen, checked.stored.classes.length);
  const neighbours = seen && { ...seen, test: seen.test?.neighbours ?? null };
  const given = {
    train: labels.given,
    ...(evidence.holdout ? { holdout: labels.holdoutGiven } : {}),
    ...(tested ? { test: tested.given } : {}),
  };
  const alike = await alikeIn(given, neighbours, prepared);
  control.progress?.(1);
  const nameOfTrain = namesOf(prepared, labels.trainIndex, names?.train);
  const nameOfHoldout = namesOf(prepared, labels.holdoutIndex, names?.holdout);
  const rows = [
    ...auditRows('train', labels.given, found.train, nameOfTrain, alike.train),
    ...found.unseen.flatMap((part, i) =>
      i === 0
        ? auditRows('holdout', labels.holdoutGiven, part, nameOfHoldout, alike.holdout)
        : auditRows('test', tested!.given, part, testNamesOf(prepared, labels), alike.test),
    ),
  ];
  return {
    classes: checked.stored.classes,
    rows,
    found,
    weak: found.accuracy < WEAK,
    method: methodOf(folds !== undefined, seen !== null, evidence.kept),
    notes,
    prepared,
    truth: labels.truth,
    neighbours,
    annotators,
  };
}

function methodOf(isThorough: boolean, isSeen: boolean, isKept: boolean): RunAudit['method'] {
  if (isThorough) return 'folds';
  if (isSeen) return 'features';
  return isKept ? 'probabilities' : 'votes';
}

/** The run's data; null, with a note, where they cannot be read or are others by now. */
async function dataOf(
  run: string,
  checked: CheckedRun,
  labels: RunLabels,
  notes: Phrase[],
): Promise<Prepared | null> {
  try {
    const prepared = await prepare(ownConfig(checked.stored));
    if (labels.given.length > 0) compareLabels(run, checked, prepared);
    return prepared;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    notes.push(auditNote('noData', { why: error.phrase }));
    return null;
  }
}

/** The test labels as they are on disk. */
function testLabels({ dataset, split }: Prepared): Labels {
  return pick(testPart(dataset).labels, split.test);
}

/** The file or row of each sample of the training part on disk. @param names where they have other ones */
function namesOf(
  prepared: Prepared | null,
  places: Uint32Array,
  names?: readonly string[],
): (index: number) => string {
  return (index) => names?.[index] ?? sampleName(prepared?.dataset ?? {}, places[index]!);
}

function testNamesOf(prepared: Prepared | null, labels: RunLabels): (index: number) => string {
  if (prepared && !prepared.dataset.test) return namesOf(prepared, labels.testIndex);
  return (index) => String(labels.testIndex[index]!);
}
