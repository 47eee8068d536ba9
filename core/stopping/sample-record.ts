/** What a run of our own knows beyond curves: each sample's predicted class, epoch by epoch. */
import { pick } from '../data/labels.ts';
import type { Labels } from '../data/labels.ts';

/** One part of the data over the epochs that a recommendation is asked for. */
export interface PartRecord {
  /** Labels as given; the true ones are not here, so they cannot be read. */
  given: Labels;
  /** The predicted class of each sample, an array for each row, in the order of the rows. */
  predicted: readonly Labels[];
}

/** Training samples and, where there is one, the hold-out. */
export interface SampleRecord {
  classes: number;
  train: PartRecord;
  holdout: PartRecord | null;
}

/** What was known after the first `count` epochs. */
export function upTo(record: SampleRecord, count: number): SampleRecord {
  const part = ({ given, predicted }: PartRecord): PartRecord => ({
    given,
    predicted: predicted.slice(0, count),
  });
  const { classes, train, holdout } = record;
  return { classes, train: part(train), holdout: holdout && part(holdout) };
}

/** So many training samples are plenty to see what the network comes to predict. */
const TRAINING_SAMPLES = 5000;

/**
 * Takes the record of a run as it comes, epoch by epoch.
 * @param train training labels as given
 * @param holdout hold-out labels as given; empty where there is no hold-out
 */
export class RecordKeeper {
  private readonly places: Uint32Array;
  private readonly record: {
    classes: number;
    train: PartRecord & { predicted: Labels[] };
    holdout: (PartRecord & { predicted: Labels[] }) | null;
  };

  constructor(classes: number, train: Labels, holdout: Labels) {
    const step = Math.max(1, Math.ceil(train.length / TRAINING_SAMPLES));
    const count = Math.ceil(train.length / step);
    this.places = Uint32Array.from({ length: count }, (_, i) => i * step);
    this.record = {
      classes,
      train: { given: this.chosen(train), predicted: [] },
      holdout: holdout.length > 0 ? { given: holdout.slice(), predicted: [] } : null,
    };
  }

  /** Adds an epoch of training; epoch 0 is not one. */
  add(train: Labels, holdout: Labels): void {
    this.record.train.predicted.push(this.chosen(train));
    this.record.holdout?.predicted.push(holdout.slice());
  }

  /** What was added so far. */
  get samples(): SampleRecord {
    return this.record;
  }

  private chosen(values: Labels): Labels {
    return pick(values, this.places);
  }
}
