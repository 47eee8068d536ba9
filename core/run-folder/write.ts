/** Creates a run folder and adds epochs to it. */
import { randomBytes } from 'node:crypto';
import { valuesPerSample } from '../data/index.ts';
import { sha256 } from '../disk/sealed.ts';
import { appendLine, makeFolder, writeWhole } from '../disk/write.ts';
import type { State } from '../engine/session.ts';
import { gatherValues } from '../training/features.ts';
import { wrongPlaces } from '../training/prepare.ts';
import type { Prepared } from '../training/prepare.ts';
import type { MeasuredEpoch } from '../training/signals.ts';
import type { UnfinishedEpoch } from '../training/unfinished.ts';
import { epochFolders, paths } from './files.ts';
import type { Lock } from './lock.ts';
import { writeNpz } from './npz.ts';
import { writeSafetensors } from './safetensors.ts';
import type { DynamicsView } from './epoch-views.ts';
import { ViewsFile } from './views-file.ts';
import { writeRunConfig } from './stored.ts';
import type { RunConfig } from './stored.ts';
import { NO_FILE, sumsOf } from './sums.ts';
import { writeSummary } from './summary.ts';
import { removeUnfinished, writeUnfinished } from './unfinished.ts';
import type { Summary } from './summary.ts';
import type { Labels } from '../data/labels.ts';

/** How many samples the wall shows. */
const WALL = 24;

/**
 * A name for a new run, made of the date and its title; sorts by time.
 * @param mark tells it from others of that second and title
 */
export function newRunId(
  title: string,
  now = new Date(),
  mark = randomBytes(2).toString('hex'),
): string {
  const stamp = now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return [stamp, slug, mark].filter(Boolean).join('-');
}

/**
 * Makes a run folder with its config and labels.
 * @param run an empty folder that this process owns
 * @param versions of everything that the numbers depend on
 * @returns the token that the run's checksums hang on
 * @throws DiskError
 */
export function createRun(
  run: string,
  prepared: Prepared,
  versions: Record<string, string>,
): string {
  const { config, dataset, noise, inferred } = prepared;
  return writeRun(run, labelsFile(prepared), {
    config,
    recorded: null,
    created: new Date().toISOString(),
    classes: dataset.classes,
    columns: [...dataset.columns],
    shape: [...dataset.shape],
    noise,
    inferred,
    versions,
  });
}

/**
 * The same of any run, by what its files are to say.
 * @param labels the content of `labels.npz`
 */
export function writeRun(run: string, labels: Uint8Array, stored: Omit<RunConfig, 'sums'>): string {
  const token = randomBytes(16).toString('hex');
  for (const folder of epochFolders(run)) makeFolder(folder);
  writeWhole(paths.labels(run), labels);
  // Last, for a folder with a config is a run.
  writeRunConfig(run, { ...stored, sums: { token, labels: sha256(labels) } });
  return token;
}

/** The content of `labels.npz`: given and true labels, the split, the wall and the scaling. */
export function labelsFile(prepared: Prepared): Uint8Array {
  const { dataset, split } = prepared;
  const places = wallPlaces(prepared);
  const values = gatherValues(
    dataset.train.values,
    places.map((place) => split.train[place]!),
    valuesPerSample(dataset.shape),
  );
  return labelsNpz({ ...prepared, wall: { places, values } });
}

/** What `labels.npz` is made of. */
export interface LabelParts extends Pick<
  Prepared,
  'split' | 'scaling' | 'train' | 'holdout' | 'test'
> {
  /** Places of the wall's samples in the training part, and their values. */
  wall: { places: Uint32Array; values: Uint8Array | Float32Array };
}

/** The same from its parts. */
export function labelsNpz({ split, scaling, train, holdout, test, wall }: LabelParts): Uint8Array {
  const truth = (labels: Labels | null, name: string) => (labels ? { [name]: labels } : {});
  return writeNpz({
    train_index: split.train,
    train_given: train.given,
    ...truth(train.truth, 'train_true'),
    ...softOf(train),
    holdout_index: split.holdout,
    holdout_given: holdout.given,
    ...truth(holdout.truth, 'holdout_true'),
    test_index: split.test,
    test_labels: test,
    wall: wall.places,
    wall_values: wall.values,
    scaling_mean: scaling.mean,
    scaling_deviation: scaling.deviation,
  });
}

/** Labels that are shared with another class; nothing where none are. */
const softOf = ({ soft }: Prepared['train']) =>
  soft?.shares.some((share) => share > 0)
    ? { train_others: soft.others, train_shares: soft.shares }
    : {};

/** Places, in the training part, of the samples to show: wrong ones where they are known. */
export function wallPlaces({ train, split }: Prepared): Uint32Array {
  const wrong = wrongPlaces(train) ?? [];
  return Uint32Array.from(wrong.length > 0 ? wrong : split.train.keys()).slice(0, WALL);
}

const weightsFile = (state: State, epoch: number): Uint8Array =>
  writeSafetensors(state, { epoch: String(epoch), writer: 'label-noise-lab' });

/** Where a run's two growing files end, and its last link. */
export interface RunEnd {
  link: string;
  /** Bytes of `metrics.jsonl` and of `sums.jsonl`. */
  metrics: number;
  sums: number;
}

/** Writes the epochs of a run that this process owns. */
export class RunWriter {
  /** @param end where it goes on: of a new run, its token and two lengths of 0 */
  constructor(
    private readonly run: string,
    private readonly lock: Lock,
    private readonly end: RunEnd,
  ) {}

  /**
   * Adds a finished epoch. Its row and checksums come last: what they say is on disk.
   * @param view what is drawn of it, which is kept for whoever opens the run
   * @param probabilities the file of what was believed up to it; null where none is kept
   * @throws DiskError, FolderGone or FileChanged; then the epoch counts as not trained
   */
  add(
    { record, evaluated, heldOut, state }: MeasuredEpoch,
    view: DynamicsView,
    probabilities: Uint8Array | null = null,
  ): void {
    const { run, end } = this;
    this.lock.check();
    const { epoch } = record;
    const dynamics = writeNpz({
      predicted: evaluated.classes,
      loss: evaluated.losses,
      holdout_predicted: heldOut.classes,
      holdout_loss: heldOut.losses,
    });
    // Not made to last at once: should a power cut take them, their checksums say so, and the epoch is
    // trained again.
    writeWhole(paths.dynamics(run, epoch), dynamics, false);
    if (probabilities) writeWhole(paths.probabilities(run, epoch), probabilities, false);
    const weights = state && weightsFile(state(), epoch);
    if (weights) writeWhole(paths.checkpoint(run, epoch), weights);
    const row = JSON.stringify(record);
    const parts = {
      epoch,
      dynamics: sha256(dynamics),
      weights: weights ? sha256(weights) : NO_FILE,
      ...(probabilities ? { probabilities: sha256(probabilities) } : {}),
    };
    const sums = sumsOf(end.link, row, parts);
    const views = ViewsFile.empty(epoch, 1, view.detail.wall.loss.length);
    views.put(epoch, sums.link, view);
    views.write(run);
    // Writing weights to a slow disk takes a while, in which another machine may have taken the folder.
    this.lock.check();
    end.metrics = appendLine(paths.metrics(run), row, end.metrics);
    end.sums = appendLine(paths.sums(run), JSON.stringify(sums), end.sums);
    end.link = sums.link;
    removeUnfinished(run);
  }

  /** Keeps how far an epoch has come that is not trained to its end now. @throws DiskError or FolderGone */
  keep(unfinished: UnfinishedEpoch): void {
    this.lock.check();
    writeUnfinished(this.run, unfinished, this.end.link);
  }

  /** Writes the summary, which marks the run as ended. @throws DiskError or FolderGone */
  finish(summary: Summary): void {
    this.lock.check();
    writeSummary(this.run, summary, this.end.link);
  }
}
