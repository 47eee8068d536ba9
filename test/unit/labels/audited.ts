/** An audit of a data set as a run would have it, made without a network, and what people decided. */
import type { Decision } from '../../../core/contract/messages/labels.ts';
import { auditRows } from '../../../core/audit/table.ts';
import type { RunAudit } from '../../../core/audit/audit-run.ts';
import { undecided } from '../../../core/audit/decided.ts';
import type { DecidedLabels } from '../../../core/audit/decided.ts';
import { sampleName } from '../../../core/data/index.ts';
import type { Dataset } from '../../../core/data/index.ts';
import { pick } from '../../../core/data/labels.ts';
import { presets } from '../../../core/kinds/presets.ts';
import { scalingOf } from '../../../core/training/features.ts';
import type { Prepared } from '../../../core/training/prepare.ts';

/** The chance that each sample is of its given class: low for every fourth, which is flagged. */
const SURE = [0.95, 0.8, 0.1, 0.99];

/**
 * An audit of all training samples but the last, which the run did not take; every third is held out. Each
 * fourth label is suspected, and the next class suggested.
 */
export function auditOf(dataset: Dataset, source: string): RunAudit {
  const classes = dataset.classes.length;
  const taken = Array.from({ length: dataset.train.labels.length - 1 }, (_, i) => i).reverse();
  const split = {
    train: Uint32Array.from(taken.filter((i) => i % 3 !== 0)),
    holdout: Uint32Array.from(taken.filter((i) => i % 3 === 0)),
    test: new Uint32Array(),
  };
  const part = (places: Uint32Array) => {
    const given = pick(dataset.train.labels, places);
    const probabilities = new Float32Array(given.length * classes);
    const wrong = Float32Array.from(places, (place) => 1 - SURE[place % SURE.length]!);
    given.forEach((label, i) => {
      probabilities[i * classes + label] = 1 - wrong[i]!;
      probabilities[i * classes + ((label + 1) % classes)] = wrong[i]!;
    });
    return { given, found: { wrong, probabilities } };
  };
  const [train, holdout] = [part(split.train), part(split.holdout)];
  const rows = (['train', 'holdout'] as const).flatMap((name) => {
    const { given, found } = name === 'train' ? train : holdout;
    const none = new Uint8Array(given.length);
    const alike = { disagreeing: none, outlier: none };
    return auditRows(name, given, found, (i) => sampleName(dataset, split[name][i]!), alike);
  });
  const config = structuredClone(presets()[0]!.config);
  config.data.source = source;
  return {
    classes: dataset.classes,
    rows,
    found: {
      train: train.found,
      unseen: [holdout.found],
      noiseRate: { estimate: 0.25, low: 0.2, high: 0.3 },
      matrix: Float64Array.from({ length: classes * classes }, (_, i) =>
        i % (classes + 1) === 0 ? 0.75 : 0.25 / (classes - 1),
      ),
      takenOut: true,
      accuracy: 0.9,
    },
    weak: false,
    method: 'features',
    notes: [],
    neighbours: null,
    annotators: null,
    truth: null,
    prepared: {
      ...{ config, dataset, split, inferred: [], test: new Uint8Array() },
      corrections: { classes: new Map(), said: [] },
      scaling: scalingOf(dataset, split.train),
      train: { given: train.given, truth: null },
      holdout: { given: holdout.given, truth: null },
    } as unknown as Prepared,
  };
}

/** What Ada and Ben decided: by the place among the rows. Where both did and differ, nothing holds. */
export function decidedBy(
  audit: RunAudit,
  decisions: Record<string, Record<number, Decision>>,
): DecidedLabels {
  const at = new Map(audit.rows.map((row, i) => [`${row.part} ${row.index}`, i]));
  const decisionsOf: DecidedLabels['decisionsOf'] = ({ part, index }) => {
    const place = at.get(`${part} ${index}`)!;
    return Object.entries(decisions).flatMap(([reviewer, made]) =>
      made[place] ? [{ reviewer, decision: made[place] }] : [],
    );
  };
  return {
    ...undecided('runs/a', 'An <experiment>', audit),
    decisionsOf,
    decisionOf(row) {
      const made = decisionsOf(row).map(({ decision }) => JSON.stringify(decision));
      return new Set(made).size === 1 ? (JSON.parse(made[0]!) as Decision) : null;
    },
  };
}

/** The class of each sample of the training part after decisions, by its own plain rule; null where removed. */
export function expectedClasses(
  dataset: Dataset,
  audit: RunAudit,
  decisions: Record<number, Decision>,
): (number | null)[] {
  const { split } = audit.prepared!;
  const out: (number | null)[] = [...dataset.train.labels];
  audit.rows.forEach(({ part, index }, i) => {
    const decision = decisions[i];
    if (decision?.choice === 'remove') out[split[part][index]!] = null;
    if (decision?.choice === 'class') out[split[part][index]!] = decision.class;
  });
  return out;
}
