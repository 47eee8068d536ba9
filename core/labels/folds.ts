/**
 * Cross-validation: every labelled sample is held out of one training, so that what is believed of it
 * was never fitted to its own label.
 */
import { newLabels } from '../data/labels.ts';
import type { Labels } from '../data/labels.ts';
import { randomOf, shuffle } from '../random.ts';
import type { SoftLabels } from '../engine/session.ts';
import { pickLabels } from '../training/corrections.ts';
import type { NoisyLabels } from '../training/prepared.ts';
import type { Trainable } from '../training/resident.ts';

/** One training of the cross-validation. */
export interface Fold {
  prepared: Trainable;
  /** Places of the samples that it holds out, among training samples followed by the hold-out. */
  held: Uint32Array;
}

/**
 * The trainings of a cross-validation over training samples and hold-out together. Each is of the same
 * network for as many epochs; nothing is tested.
 * @param count how many, at least 2
 */
export function foldsOf(prepared: Trainable, count: number): Fold[] {
  const { config, split, train, holdout } = prepared;
  const places = joined(split.train, split.holdout);
  const labels = {
    given: joinedLabels(train.given, holdout.given),
    truth: train.truth && holdout.truth && joinedLabels(train.truth, holdout.truth),
    soft: joinedSoft(train, holdout),
  };
  const order = Uint32Array.from(places, (_, i) => i);
  shuffle(order, randomOf(config.training.seed, 'folds'));
  return Array.from({ length: count }, (_, fold) => {
    const held = order.filter((_, i) => i % count === fold);
    const trained = order.filter((_, i) => i % count !== fold);
    const chosen = (from: Uint32Array) => Uint32Array.from(from, (i) => places[i]!);
    return {
      held,
      prepared: {
        ...prepared,
        split: {
          train: chosen(trained),
          holdout: chosen(held),
          test: new Uint32Array(0),
        },
        train: pickLabels(labels, trained),
        holdout: pickLabels(labels, held),
        test: newLabels(0, prepared.dataset.classes.length),
      },
    };
  });
}

function joined(first: Uint32Array, second: Uint32Array): Uint32Array {
  const all = new Uint32Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

/** Soft labels stay soft in whichever fold they are trained on. */
function joinedSoft(train: NoisyLabels, holdout: NoisyLabels): SoftLabels | null {
  if (!train.soft && !holdout.soft) return null;
  const [first, second] = [train, holdout].map(({ given, soft }) => ({
    others: soft?.others ?? given,
    shares: soft?.shares ?? new Float32Array(given.length),
  }));
  const shares = new Float32Array(first!.shares.length + second!.shares.length);
  shares.set(first!.shares);
  shares.set(second!.shares, first!.shares.length);
  return { others: joinedLabels(first!.others, second!.others), shares };
}

function joinedLabels(first: Labels, second: Labels): Labels {
  const length = first.length + second.length;
  const all = first instanceof Uint16Array ? new Uint16Array(length) : new Uint8Array(length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
