/** Why one label is suspected: what the network called it, who is near it, and what is unusual about it. */
import type { SamplePlace, SuspectDetail } from '../contract/messages/labels.ts';
import { valuesPerSample } from '../data/index.ts';
import type { Labels } from '../data/labels.ts';
import { wholeDynamics } from '../run-folder/check.ts';
import type { CheckedRun } from '../run-folder/check.ts';
import type { OpenedAudit } from './opened.ts';
import type { PartOf } from './parts.ts';
import { sampleOf } from './suspects.ts';

/** Neighbours that are shown. */
const SHOWN = 8;
/** Likely classes that are told. */
const CLASSES = 4;
/** Columns that are told to be unusual, and by how many deviations they are. */
const COLUMNS = 3;
const UNUSUAL = 2;
/** Predictions of longer runs on more samples are not kept in memory, in bytes. */
const BYTES = 256 * 2 ** 20;

/** What the network called each sample, epoch by epoch. */
export type Courses = Record<'train' | 'holdout', Labels[]>;

/** Reads all epochs of a run once; none of a run of which too much would be held. */
export function coursesOf(run: string, checked: CheckedRun): Courses {
  const courses: Courses = { train: [], holdout: [] };
  let bytes = 0;
  for (const { dynamics } of wholeDynamics(run, checked)) {
    bytes += dynamics.predicted.byteLength + (dynamics.holdout?.predicted.byteLength ?? 0);
    if (bytes > BYTES) return { train: [], holdout: [] };
    courses.train.push(dynamics.predicted);
    if (dynamics.holdout) courses.holdout.push(dynamics.holdout.predicted);
  }
  return courses;
}

/** Everything about one sample. @throws InputError where there is none */
export function detailOf(opened: OpenedAudit, place: SamplePlace, courses: Courses): SuspectDetail {
  const { part, index } = place;
  opened.row(place);
  const of = opened.part(part);
  const epochs = part === 'test' ? [] : courses[part];
  return {
    predicted: epochs.map((predicted) => predicted[index]!),
    chances: chancesOf(of, index, opened.audit.classes.length),
    neighbours: neighboursOf(opened, of, index),
    annotators: annotatorsOf(opened, place),
    unusual: unusualOf(opened, of, index),
  };
}

function chancesOf({ found }: PartOf, index: number, classes: number): SuspectDetail['chances'] {
  const own = found.probabilities.subarray(index * classes, (index + 1) * classes);
  return Array.from(own, (chance, at) => ({ class: at, chance }))
    .sort((a, b) => b.chance - a.chance)
    .slice(0, CLASSES);
}

/** Places in the training part of who is nearest, nearest first. */
function nearTo({ audit }: OpenedAudit, { part }: PartOf, index: number) {
  const near = audit.neighbours?.[part];
  if (!near) return [];
  const from = index * near.count;
  return Array.from(near.places.subarray(from, from + near.count), (place, i) => ({
    place,
    likeness: near.likeness[from + i]!,
  }));
}

function annotatorsOf({ audit }: OpenedAudit, { part, index }: SamplePlace) {
  const { annotators } = audit;
  if (!annotators || part === 'test') return [];
  return annotators.names.flatMap((name, a) => {
    const label = annotators[part][a]![index]!;
    return label < 0 ? [] : [{ name, label }];
  });
}

function neighboursOf(opened: OpenedAudit, of: PartOf, index: number): SuspectDetail['neighbours'] {
  const train = opened.part('train');
  const own = valuesOf(opened, of, index);
  return nearTo(opened, of, index)
    .slice(0, SHOWN)
    .map(({ place, likeness }) => {
      const { id, given } = train.rows[place]!;
      const values = valuesOf(opened, train, place);
      return {
        ...{ part: 'train' as const, index: place, id, given, likeness },
        same: own !== null && values !== null && own.every((value, i) => value === values[i]),
        sample: sampleOf(opened, train, place),
      };
    });
}

/** The values of one sample; null where the data are not at hand. */
function valuesOf({ audit }: OpenedAudit, { samples }: PartOf, index: number) {
  if (!samples || !audit.prepared) return null;
  const size = valuesPerSample(audit.prepared.dataset.shape);
  const place = samples.places[index]!;
  return samples.of.values.subarray(place * size, (place + 1) * size);
}

/** Columns of a table in which a sample lies far from its neighbours' mean. */
function unusualOf(opened: OpenedAudit, of: PartOf, index: number): SuspectDetail['unusual'] {
  const { prepared } = opened.audit;
  const own = valuesOf(opened, of, index);
  const near = nearTo(opened, of, index).slice(0, SHOWN);
  if (!prepared || !(own instanceof Float32Array) || near.length === 0) return [];
  const train = opened.part('train');
  const { deviation } = prepared.scaling;
  const found = Array.from(own, (value, column) => {
    const sum = near.reduce(
      (total, { place }) => total + valuesOf(opened, train, place)![column]!,
      0,
    );
    const usual = sum / near.length;
    const away = Math.abs(value - usual) / deviation[column % deviation.length]!;
    return { column, value, usual, away };
  });
  return found
    .filter(({ away }) => away > UNUSUAL)
    .sort((a, b) => b.away - a.away)
    .slice(0, COLUMNS)
    .map(({ column, value, usual }) => ({ column, value, usual }));
}
