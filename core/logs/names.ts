/** What a column's name says: which signal it may be, and how well it fits. */
import type { Role, Signal } from './log.ts';

const TRAIN = new Set(['train', 'training', 'trn', 'tr', 'fit']);
const HOLDOUT = new Set('val valid validation vld eval evaluation dev holdout heldout'.split(' '));
const ACCURACY = new Set(['acc', 'accuracy', 'acc1', 'top1', 'prec1']);
const LOSS = new Set('loss nll ce xent crossentropy logloss mlogloss'.split(' '));
const CHANGED = new Set('changes changed change flips flipped churn'.split(' '));
const PREDICTION = new Set('prediction predictions pred preds predicted'.split(' '));
const DISTANCE = new Set(['distance', 'dist']);
/** Test data and true labels: never read. */
const FORBIDDEN = new Set('test tests testing tst true truth clean wrong oracle'.split(' '));
/** Other measures, and summaries of a column over time. */
const OTHER = new Set(
  (
    'top2 top3 top5 acc3 acc5 prec5 std stderr var min max best lr grad norm time vs ' +
    'f1 precision recall auc auroc layer'
  ).split(' '),
);
/** Words that change nothing about what a column holds. */
const PLAIN = new Set(
  (
    'epoch epochs categorical sparse binary multiclass top 1 dataloader idx metric metrics mean avg ' +
    'average noisy given running'
  ).split(' '),
);
/** Which run a column of a Weights & Biases export belongs to: `my-run - val/acc`. */
const RUN = /^(.+) - (?=[^-]+$)/;

/** Splits `valAccuracy`, `val_accuracy`, `valid/acc` and `hold-out acc` into lower-case words. */
export function wordsOfColumn(name: string): string[] {
  return name
    .replace(RUN, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/hold[ _-]out/g, 'holdout')
    .replace(/held[ _-]out/g, 'heldout')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .flatMap((word) => {
      const glued = /^(train|val|valid|test|eval|dev)(\d*)(acc|accuracy|loss)?$/.exec(word);
      return glued ? glued.slice(1).filter((part) => part !== undefined && part !== '') : [word];
    });
}

/** The run that a column of a Weights & Biases export names; null where it names none. */
export const runOf = (name: string): string | null => RUN.exec(name)?.[1] ?? null;

/** Whether a column holds test data or tells true labels, so that it is never read. */
export function isForbidden(name: string): boolean {
  return wordsOfColumn(name).some((word) => FORBIDDEN.has(word));
}

/** Names that differ only by numbers are of the same kind: `val_0_acc` and `val_1_acc`. */
export const kindOf = (name: string): string => name.replace(/\d+/g, '#');

/**
 * How well a name fits a role: 0 is best, each word too many costs 1; null where it does not.
 */
export function fit(name: string, role: Role): number | null {
  const words = [...new Set(wordsOfColumn(name))];
  if (words.some((word) => FORBIDDEN.has(word) || OTHER.has(word))) return null;
  if (role === 'epoch') return onlyWords(words, ['epoch', 'epochs', 'ep']);
  if (role === 'step')
    return onlyWords(words, ['step', 'steps', 'iteration', 'iterations', 'iter']);
  return fitSignal(words, role);
}

/** The word, or one of its forms, with nothing beside it but whose it is. */
function onlyWords(words: readonly string[], forms: readonly string[]): number | null {
  if (!words.some((word) => forms.includes(word))) return null;
  const beside = words.filter((word) => !forms.includes(word));
  const known = ['train', 'trainer', 'global', 'current'];
  return beside.every((word) => known.includes(word)) ? beside.length : null;
}

function fitSignal(words: readonly string[], signal: Signal): number | null {
  const has = (set: ReadonlySet<string>) => words.some((word) => set.has(word));
  const rest = (...sets: ReadonlySet<string>[]) =>
    words.filter(
      (word) => !PLAIN.has(word) && !/^\d+$/.test(word) && !sets.some((set) => set.has(word)),
    ).length;
  switch (signal) {
    case 'holdoutAccuracy':
      return has(HOLDOUT) && has(ACCURACY) && !has(LOSS) ? rest(HOLDOUT, ACCURACY) : null;
    case 'holdoutLoss':
      return has(HOLDOUT) && has(LOSS) && !has(ACCURACY) ? rest(HOLDOUT, LOSS) : null;
    case 'trainAccuracy':
      if (has(HOLDOUT) || !has(ACCURACY) || has(LOSS)) return null;
      return rest(TRAIN, ACCURACY) + (has(TRAIN) ? 0 : 0.5);
    case 'trainLoss':
      if (has(HOLDOUT) || !has(LOSS) || has(ACCURACY)) return null;
      return rest(TRAIN, LOSS) + (has(TRAIN) ? 0 : 0.5);
    case 'relativeDistance':
      return has(DISTANCE) && words.some((word) => word === 'relative' || word === 'rel')
        ? words.length - 2
        : null;
    case 'predictionChanges':
      if (words.length === 1 && words[0] === 'changes') return 0.5;
      return has(PREDICTION) && has(CHANGED) && !has(HOLDOUT)
        ? rest(PREDICTION, CHANGED, TRAIN)
        : null;
  }
}

/** Whether a name is a distance that does not say what it is relative to. */
export function isPlainDistance(name: string): boolean {
  const words = wordsOfColumn(name);
  return words.length === 1 && DISTANCE.has(words[0]!);
}

/** Whether a folder's name says only which part of the data or which measure is in it. */
export function isPartName(folder: string): boolean {
  return wordsOfColumn(folder).every((word) =>
    [TRAIN, HOLDOUT, ACCURACY, LOSS, FORBIDDEN, PLAIN].some((set) => set.has(word)),
  );
}
