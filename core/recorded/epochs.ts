/** What a recorded training said of each sample, epoch by epoch. */
import { existsSync } from 'node:fs';
import { InputError } from '../contract/words/errors.ts';
import { newLabels } from '../data/labels.ts';
import { average, recordOf } from '../training/signals.ts';
import type { Evaluated, MeasuredEpoch } from '../training/signals.ts';
import { RecordArrays } from './arrays.ts';
import { recordPaths } from './files.ts';
import type { RecordHead, RecordRow } from './files.ts';
import { PARTS } from './samples.ts';
import type { AllSamples, RecordedPart, RecordedSamples } from './samples.ts';

/** Chances of more values than this are not put together: 80 MB. */
const MOST_CHANCES = 20e6;
/** Chances are written as so many parts of 1. */
const WHOLE = 65_535;

/** Whether every process has written an epoch. */
export function isWritten(record: string, { workers }: RecordHead, epoch: number): boolean {
  return Array.from({ length: workers }, (_, worker) => worker).every((worker) =>
    existsSync(recordPaths.dynamics(record, epoch, worker)),
  );
}

/** Puts epochs together in their order; of a sample that one leaves out, what was said last still counts. */
export class EpochReader {
  private readonly said: Record<RecordedPart, PartReader>;
  private before: Evaluated['classes'] | null = null;

  constructor(
    private readonly record: string,
    private readonly head: RecordHead,
    private readonly samples: AllSamples,
  ) {
    const part = (name: RecordedPart) => new PartReader(name, samples[name], head.classes.length);
    this.said = { train: part('train'), holdout: part('holdout') };
  }

  /**
   * Reads the next epoch. Its arrays hold until the one after is read.
   * @throws InputError where a file is missing or damaged, or names a sample that is not there
   */
  read({ epoch, seconds, testLoss, testAccuracy }: RecordRow): MeasuredEpoch {
    const files = Array.from({ length: this.head.workers }, (_, worker) =>
      RecordArrays.read(recordPaths.dynamics(this.record, epoch, worker)),
    );
    for (const name of PARTS) this.said[name].take(files);
    const { train, holdout } = this.samples;
    const evaluated = { train: this.said.train.now, holdout: this.said.holdout.now };
    const none = { classes: newLabels(0, 2), losses: new Float32Array(0) };
    const record = recordOf({
      ...{ epoch, seconds, train, holdout, moved: null, before: this.before },
      evaluated: { ...evaluated, test: none },
      test: none.classes,
    });
    this.before = evaluated.train.classes.slice();
    const tested = {
      ...(testLoss === undefined ? {} : { testLoss }),
      ...(testAccuracy === undefined ? {} : { testAccuracy }),
    };
    return {
      record: { ...record, ...tested },
      evaluated: evaluated.train,
      heldOut: evaluated.holdout,
    };
  }

  /** The share of training samples that no epoch has spoken of so far, 0 to 1. */
  get unseen(): number {
    return this.said.train.unseen;
  }
}

/** One part of the samples. */
class PartReader {
  readonly now: Evaluated;
  private readonly seen: Uint8Array;

  constructor(
    private readonly part: RecordedPart,
    private readonly samples: RecordedSamples,
    private readonly classes: number,
  ) {
    const { length } = samples.given;
    const hasRoom = length * classes <= MOST_CHANCES;
    this.now = {
      classes: newLabels(length, classes),
      losses: new Float32Array(length),
      probabilities: hasRoom ? new Float32Array(length * classes) : null,
    };
    this.seen = new Uint8Array(length);
  }

  get unseen(): number {
    return this.seen.length === 0 ? 0 : 1 - average(this.seen);
  }

  take(files: readonly RecordArrays[]): void {
    if (this.samples.given.length === 0) return;
    files.forEach((file, worker) => this.takeFrom(file, worker));
    if (this.seen.includes(0)) this.guess();
  }

  private takeFrom(file: RecordArrays, worker: number): void {
    const prefix = this.part === 'train' ? '' : 'holdout_';
    if (!file.has(`${prefix}predicted`)) return;
    const places = this.placesIn(file, worker, `${prefix}id`);
    const { length } = places;
    const predicted = file.classes(`${prefix}predicted`, this.classes, length);
    const losses = file.floats(`${prefix}loss`, length);
    for (let i = 0; i < length; i++) {
      const place = places[i]!;
      this.now.classes[place] = predicted[i]!;
      this.now.losses[place] = losses[i]!;
      this.seen[place] = 1;
    }
    this.takeChances(file, prefix, places);
  }

  /** Where each of a file's samples belongs; in the order of the process's own list where it names none. */
  private placesIn(file: RecordArrays, worker: number, field: string): Uint32Array {
    if (!file.has(field)) return this.samples.places[worker]!;
    return Uint32Array.from(
      file.names(field).map((name) => {
        const place = this.samples.placeOf(name);
        if (place !== undefined) return place;
        throw new InputError('record.unknownSample', { where: file.where, name: String(name) });
      }),
    );
  }

  /** The likeliest classes and their chances; the others share what is left of 1. */
  private takeChances(file: RecordArrays, prefix: string, places: Uint32Array): void {
    const { probabilities } = this.now;
    if (!probabilities || !file.has(`${prefix}top_probability`)) {
      this.now.probabilities = null;
      return;
    }
    const { values: chances, shape } = file.numbers(`${prefix}top_probability`, [
      places.length,
      -1,
    ]);
    const top = file.numbers(`${prefix}top_class`, shape).values;
    const [, width] = shape as [number, number];
    for (let i = 0; i < places.length; i++) {
      const row = probabilities.subarray(
        places[i]! * this.classes,
        (places[i]! + 1) * this.classes,
      );
      let left = 1;
      for (let k = 0; k < width; k++) left -= chances[i * width + k]! / WHOLE;
      row.fill(Math.max(0, left) / Math.max(1, this.classes - width));
      for (let k = 0; k < width; k++) {
        const one = top[i * width + k]!;
        if (one >= this.classes)
          throw new InputError('record.value', {
            where: file.where,
            name: `${prefix}top_class`,
            place: i,
          });
        row[one] = chances[i * width + k]! / WHOLE;
      }
    }
  }

  /**
   * A sample that a sampler has not drawn yet is taken to be called what most samples of its label are,
   * with their mean loss; the run says how many those are.
   */
  private guess(): void {
    const { given } = this.samples;
    const { classes: k, now, seen } = this;
    const votes = new Map<number, Map<number, number>>();
    const [sums, counts] = [new Float64Array(k), new Uint32Array(k)];
    for (let i = 0; i < seen.length; i++) {
      if (seen[i] === 0) continue;
      const own = votes.get(given[i]!) ?? new Map<number, number>();
      own.set(now.classes[i]!, (own.get(now.classes[i]!) ?? 0) + 1);
      votes.set(given[i]!, own);
      sums[given[i]!]! += now.losses[i]!;
      counts[given[i]!]!++;
    }
    const likeliest = new Map([...votes].map(([label, own]) => [label, greatest(own)]));
    for (let i = 0; i < seen.length; i++) {
      if (seen[i] === 1) continue;
      const label = given[i]!;
      now.classes[i] = likeliest.get(label) ?? label;
      now.losses[i] = counts[label] === 0 ? Math.log(k) : sums[label]! / counts[label]!;
      now.probabilities?.fill(1 / k, i * k, (i + 1) * k);
    }
  }
}

/** The key of the greatest value, the first of several. */
function greatest(counts: ReadonlyMap<number, number>): number {
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}
