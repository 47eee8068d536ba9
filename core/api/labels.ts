/** Answers about the labels of runs: which are likely wrong, why, and what people decided. */
import { dirname, sep } from 'node:path';
import { auditRun } from '../audit/audit-run.ts';
import { keepAnnotations } from '../audit/annotators.ts';
import { writeCorrections } from '../audit/corrections.ts';
import { coursesOf, detailOf } from '../audit/detail.ts';
import type { Courses } from '../audit/detail.ts';
import { LABEL_FORMATS } from '../audit/formats/index.ts';
import { keptFolds } from '../audit/kept-folds.ts';
import { OpenedAudit } from '../audit/opened.ts';
import { readReview } from '../audit/review-file.ts';
import { filtered, suspectPage } from '../audit/suspects.ts';
import { transitionFrom } from '../audit/transition.ts';
import type { Decision } from '../contract/messages/labels.ts';
import type { LabEvent } from '../contract/messages/events.ts';
import type { CoreMethod } from '../contract/messages/messages.ts';
import { InputError, phraseOf } from '../contract/words/errors.ts';
import type { Config } from '../contract/config/schema.ts';
import { makeFolder } from '../disk/write.ts';
import { renamed } from '../kinds/renamed.ts';
import { Review } from '../review/review.ts';
import { checkpointEpochs } from '../run-folder/checkpoints.ts';
import { listRuns } from '../run-folder/list.ts';
import { stampOf } from '../run-folder/stamp.ts';
import { runName, ownConfig, readRunConfig } from '../run-folder/stored.ts';
import { checkFree } from './handlers.ts';
import type { Handlers, Work } from './handlers.ts';
import type { Trainer } from './trainer.ts';

type LabelMethod = Extract<CoreMethod, `labels.${string}`>;

/** The audit that was made or asked about last, while the run's files stay as they were. */
interface Kept {
  opened: OpenedAudit;
  stamp: string;
  courses: Courses | null;
}

/**
 * @param runs the folder of runs
 * @param folderOf finds a run by its id, also one of a sweep that lies elsewhere
 * @param emit is told how far an audit is
 * @param work shared with whatever else takes all threads
 */
export function labelHandlers(
  runs: string,
  folderOf: (id: string) => string,
  emit: (event: LabEvent) => void,
  work: Work,
  trainer: Trainer,
): Handlers<LabelMethod> {
  let last: Kept | null = null;
  let stop: AbortController | null = null;

  const whole = (id: string): Kept | null => {
    const run = folderOf(id);
    return last?.opened.run === run && last.stamp === stampOf(run).text ? last : null;
  };
  const open = (id: string): OpenedAudit => {
    const found = whole(id);
    if (found) return found.opened;
    const name = runName(readRunConfig(folderOf(id)));
    throw new InputError('audit.notMade', { name });
  };
  const viewOf = (opened: OpenedAudit) => opened.view(retrained(runs, opened.run));

  const begin = (id: string, folds: number | null): void => {
    const run = folderOf(id);
    checkFree(work);
    // What took several trainings is used again before what took none.
    const asked = folds ?? keptFolds(run, { stored: readRunConfig(run) });
    const test = hasTest(run) && 'if-possible';
    const stamp = stampOf(run).text;
    const review = Review.open(run);
    // From here on nothing throws, or the core would be busy for good.
    work.now = 'audit';
    stop = new AbortController();
    const { signal } = stop;
    const progress = progressOf(id, emit);
    const ended = auditRun(
      run,
      { test, ...(asked === null ? {} : { folds: asked }) },
      { progress, signal },
    ).then((audit) => {
      last = { opened: new OpenedAudit(run, id, audit, review), stamp, courses: null };
    });
    void ended
      .then(
        () => null,
        (error: unknown) => (signal.aborted ? null : phraseOf(error, run)),
      )
      .then((problem) => {
        work.now = null;
        stop = null;
        emit({ event: 'labels.ended', id, problem });
      });
  };

  return {
    'labels.open': ({ id }) => {
      const found = whole(id);
      return { audit: found && viewOf(found.opened) };
    },
    'labels.audit': ({ id, folds }) => {
      begin(id, folds);
      return {};
    },
    'labels.transition': async ({ id, ...experiment }) => {
      const run = folderOf(id);
      checkFree(work);
      work.now = 'audit';
      stop = new AbortController();
      try {
        return await transitionFrom(run, experiment, { signal: stop.signal });
      } finally {
        work.now = null;
        stop = null;
      }
    },
    'labels.stop': () => {
      stop?.abort();
      return {};
    },
    'labels.suspects': ({ id, from, count, ...filter }) =>
      suspectPage(open(id), filter, from, count),
    'labels.suspect': ({ id, part, index }) => {
      const opened = open(id);
      const found = whole(id)!;
      found.courses ??= coursesOf(opened.run, opened.checked);
      return detailOf(opened, { part, index }, found.courses);
    },
    'labels.decide': ({ id, reviewer, made }) => {
      const opened = open(id);
      for (const { sample, decision } of made) {
        opened.row(sample);
        checkClass(opened, decision);
      }
      opened.review.decide(reviewer, made);
      return { review: opened.counts() };
    },
    'labels.acceptAll': ({ id, reviewer, ...filter }) => {
      const opened = open(id);
      const rows = filtered(opened, { ...filter, show: 'open' });
      opened.accept(reviewer, rows);
      return { accepted: rows.length, review: opened.counts() };
    },
    'labels.undo': ({ id, reviewer }) => {
      const opened = open(id);
      return { samples: opened.review.undo(reviewer), review: opened.counts() };
    },
    'labels.trainAgain': async ({ id }) => {
      const opened = open(id);
      checkFree(work);
      const config = ownConfig(opened.checked.stored);
      const corrections = writeCorrections(opened.decided());
      const data = { ...config.data, corrections };
      return { id: await trainer.start(corrected(config, { ...config, data })) };
    },
    'labels.write': async ({ id, format, path, language }) => {
      const { write } = LABEL_FORMATS.of(format);
      makeFolder(dirname(path));
      await write(path, open(id).decided(), language);
      return { path };
    },
    'labels.annotate': async ({ id, path }) => {
      const { run, audit } = open(id);
      if (!audit.prepared) throw new InputError('audit.noAnnotators', { where: run });
      checkFree(work);
      await keepAnnotations(run, audit.prepared, { path, columns: [] });
      return {};
    },
    'labels.merge': ({ id, path }) => {
      const opened = open(id);
      const made = readReview(path, opened.audit);
      for (const name of new Set(made.map(({ reviewer }) => reviewer))) {
        const own = made.filter(({ reviewer }) => reviewer === name);
        opened.review.merge(
          name,
          own.map(({ part, index, decision }) => ({ sample: { part, index }, decision })),
        );
      }
      return { review: opened.counts() };
    },
  };
}

/** The Config under a name that tells it from the one whose labels were not corrected. */
function corrected(before: Config, after: Config): Config {
  const { name } = renamed(before, after);
  return { ...after, name: name === before.name ? `${name}, corrected`.slice(-120) : name };
}

/** Whether a run has test samples that can be looked at. */
function hasTest(run: string): boolean {
  const { config } = readRunConfig(run);
  return (
    config !== null && config.data.test > 0 && checkpointEpochs(run).some((epoch) => epoch > 0)
  );
}

/** @throws InputError for a class that there is not */
function checkClass({ audit, checked }: OpenedAudit, decision: Decision | null): void {
  if (decision?.choice !== 'class' || decision.class < audit.classes.length) return;
  const name = runName(checked.stored);
  throw new InputError('review.noClass', { name, class: decision.class });
}

/** Ids of runs that were trained on corrections of a run's labels, the newest first. */
function retrained(runs: string, run: string): string[] {
  const own = (path: string) => path.startsWith(run + sep);
  return listRuns(runs)
    .rows.filter(({ config }) => config !== null && own(config.data.corrections))
    .sort((a, b) => b.created.localeCompare(a.created))
    .map(({ id }) => id);
}

/** Tells how far an audit is, and how long it still takes by how fast it went. */
function progressOf(id: string, emit: (event: LabEvent) => void): (share: number) => void {
  const began = performance.now();
  return (share) => {
    const spent = (performance.now() - began) / 1000;
    const secondsLeft = share > 0 ? (spent * (1 - share)) / share : null;
    emit({ event: 'labels.progress', id, share, secondsLeft });
  };
}
