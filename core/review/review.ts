/**
 * A review: what people decided about the labels of a run. It is a log of acts in the run's folder, each
 * on disk before the next is taken, so that a review that is broken off at any moment loses nothing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { InputError, named } from '../contract/words/errors.ts';
import { DecisionSchema } from '../contract/messages/labels.ts';
import type { Decision, SampleDecision, SamplePlace } from '../contract/messages/labels.ts';
import { jsonOf } from '../disk/sealed.ts';
import { appendLine, writeWhole } from '../disk/write.ts';

/** The log of a run's review. */
export const reviewPath = (run: string): string => join(run, 'review.jsonl');

const place = v.pipe(v.number(), v.integer(), v.minValue(0));
const samplesByPart = v.object({
  train: v.optional(v.array(place)),
  holdout: v.optional(v.array(place)),
  test: v.optional(v.array(place)),
});
/** Samples that the same was decided about; null takes earlier decisions back. */
const GroupSchema = v.object({ samples: samplesByPart, decision: v.nullable(DecisionSchema) });
const ActSchema = v.variant('act', [
  /** Somebody decided here. */
  v.object({ act: v.literal('decide'), reviewer: v.string(), made: v.array(GroupSchema) }),
  /** Decisions came from the file of another review. */
  v.object({ act: v.literal('merge'), reviewer: v.string(), made: v.array(GroupSchema) }),
  /** The last decision of somebody that is not undone yet is undone. */
  v.object({ act: v.literal('undo'), reviewer: v.string() }),
]);
type Act = v.InferOutput<typeof ActSchema>;
type Group = v.InferOutput<typeof GroupSchema>;

/** A decision, and who made it. */
export interface MadeDecision {
  reviewer: string;
  decision: Decision;
}

/** What is known of one sample. */
interface Reviewed {
  place: SamplePlace;
  /** The last decision of everyone who made one. */
  decisions: Map<string, Decision>;
  /** Who decided here after all others' decisions were known; null where the last ones were merged. */
  settledBy: string | null;
}

/** What a decision replaced, to undo it. */
type Before = Pick<Reviewed, 'place' | 'settledBy'> & { decision: Decision | null };

/** One run's review, open. */
export class Review {
  private readonly samples = new Map<string, Reviewed>();
  /** What can be undone, by who did it, the newest last. */
  private readonly done = new Map<string, Before[][]>();
  private bytes = 0;

  private constructor(private readonly path: string) {}

  /** Opens a run's review, which may be none yet. @throws InputError where its log is damaged */
  static open(run: string): Review {
    const review = new Review(reviewPath(run));
    if (!existsSync(review.path)) return review;
    const bytes = readLog(review.path);
    // A kill in the middle of a write leaves a line without its end, which was never told to be done.
    review.bytes = bytes.lastIndexOf('\n') + 1;
    if (review.bytes < bytes.length) writeWhole(review.path, bytes.subarray(0, review.bytes));
    const lines = bytes.subarray(0, review.bytes).toString('utf8').split('\n').slice(0, -1);
    lines.forEach((line, i) => {
      const act = v.safeParse(ActSchema, jsonOf(line));
      if (!act.success) throw new InputError('review.damaged', { where: review.path, row: i + 1 });
      review.take(act.output);
    });
    return review;
  }

  /** Decides about samples, all of which is undone at once. @throws DiskError */
  decide(reviewer: string, made: readonly SampleDecision[]): void {
    if (made.length > 0) this.keep({ act: 'decide', reviewer, made: groups(made) });
  }

  /** Adds what somebody decided elsewhere, which cannot be undone but decided anew. @throws DiskError */
  merge(reviewer: string, made: readonly SampleDecision[]): void {
    if (made.length > 0) this.keep({ act: 'merge', reviewer, made: groups(made) });
  }

  /** Undoes what somebody decided last. @returns the samples that it was about @throws DiskError */
  undo(reviewer: string): SamplePlace[] {
    const last = this.done.get(reviewer)?.at(-1);
    if (!last) return [];
    this.keep({ act: 'undo', reviewer });
    return last.map((before) => before.place);
  }

  /** Whether there is something that somebody could undo. */
  isUndoable(reviewer: string): boolean {
    return (this.done.get(reviewer)?.length ?? 0) > 0;
  }

  /** What holds of a sample: null where nobody decided, or reviewers differ and nobody settled it. */
  decisionOf(sample: SamplePlace): Decision | null {
    const found = this.samples.get(keyOf(sample));
    return found && !isDisputed(found) ? settled(found) : null;
  }

  /** Whether reviewers decided differently about a sample, and nobody settled it. */
  isDisputed(sample: SamplePlace): boolean {
    const found = this.samples.get(keyOf(sample));
    return found !== undefined && isDisputed(found);
  }

  /** Everyone's last decision about a sample. */
  decisionsOf(sample: SamplePlace): MadeDecision[] {
    const { decisions } = this.samples.get(keyOf(sample)) ?? {};
    return [...(decisions ?? [])].map(([reviewer, decision]) => ({ reviewer, decision }));
  }

  /** Every sample that somebody decided about. */
  reviewed(): SamplePlace[] {
    return [...this.samples.values()].map((one) => one.place);
  }

  /** Everyone who decided about something. */
  reviewers(): string[] {
    const names = [...this.samples.values()].flatMap(({ decisions }) => [...decisions.keys()]);
    return [...new Set(names)].sort((a, b) => a.localeCompare(b));
  }

  private keep(act: Act): void {
    this.bytes = appendLine(this.path, JSON.stringify(act), this.bytes);
    this.take(act);
  }

  private take(act: Act): void {
    const { reviewer } = act;
    const done = this.done.get(reviewer) ?? [];
    this.done.set(reviewer, done);
    if (act.act === 'undo') {
      for (const before of (done.pop() ?? []).toReversed()) {
        this.change(before.place, reviewer, before.decision, before.settledBy);
      }
      return;
    }
    const by = act.act === 'decide' ? reviewer : null;
    const before = act.made.flatMap(({ samples, decision }) =>
      placesOf(samples).map((one) => this.change(one, reviewer, decision, by)),
    );
    if (act.act === 'decide') done.push(before);
  }

  /** Sets one decision of a sample. @returns what was there */
  private change(
    sample: SamplePlace,
    reviewer: string,
    decision: Decision | null,
    settledBy: string | null,
  ): Before {
    const key = keyOf(sample);
    const found = this.samples.get(key) ?? { place: sample, decisions: new Map(), settledBy: null };
    const before = found.decisions.get(reviewer) ?? null;
    const was = { place: sample, decision: before, settledBy: found.settledBy };
    if (decision) found.decisions.set(reviewer, decision);
    else found.decisions.delete(reviewer);
    found.settledBy = decision || settledBy !== reviewer ? settledBy : null;
    if (found.decisions.size > 0) this.samples.set(key, found);
    else this.samples.delete(key);
    return was;
  }
}

const keyOf = ({ part, index }: SamplePlace): string => `${part} ${index}`;

function readLog(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw named(error, path);
  }
}

function groups(made: readonly SampleDecision[]): Group[] {
  const found = new Map<string, Group>();
  for (const { sample, decision } of made) {
    const key = JSON.stringify(decision);
    const group = found.get(key) ?? { samples: {}, decision };
    (group.samples[sample.part] ??= []).push(sample.index);
    found.set(key, group);
  }
  return [...found.values()];
}

const placesOf = (samples: v.InferOutput<typeof samplesByPart>): SamplePlace[] =>
  (['train', 'holdout', 'test'] as const).flatMap((part) =>
    (samples[part] ?? []).map((index) => ({ part, index })),
  );

/** Those who are sure of something. */
const opinions = ({ decisions }: Reviewed): Decision[] =>
  [...decisions.values()].filter(({ choice }) => choice !== 'unsure');

function isDisputed(reviewed: Reviewed): boolean {
  const kinds = new Set(opinions(reviewed).map((decision) => JSON.stringify(decision)));
  return kinds.size > 1 && reviewed.settledBy === null;
}

/** The decision of who settled it, or else the one that all share; who is unsure has none. */
function settled(reviewed: Reviewed): Decision | null {
  const { decisions, settledBy } = reviewed;
  const own = settledBy === null ? undefined : decisions.get(settledBy);
  return own ?? opinions(reviewed)[0] ?? [...decisions.values()][0] ?? null;
}
