/** What a column's name says: which signal it may be, and how well it fits. */
import type { Role, Signal } from './log.ts';
import { measureIn } from './measures.ts';
import type { LogMeasure } from './measures.ts';

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const TRAIN = setOf('train training trn tr fit learn');
const HOLDOUT = setOf(
  'val valid validation vld eval evaluation dev holdout heldout v va vl cv ho oof valids',
);
const ACCURACY = setOf('acc accs accuracy accuracies acc1 top1 prec1 accu oa macc aacc');
/** Beside these words an accuracy is none: `top1_err`. */
const ERROR = setOf('error errors err errs');
const LOSS = setOf('loss losses nll ce xent crossentropy logloss mlogloss bce cost');
const CHANGED = setOf('changes changed change flips flipped churn');
const PREDICTION = setOf('prediction predictions pred preds predicted');
const DISTANCE = setOf('distance dist');
/** Test data: never read. The short ones are so only beside a measure. */
const TEST = setOf('test tests testing tst');
const SHORT_TEST = setOf('te ts');
/** True labels: never read. */
const TRUTH = setOf('true truth clean wrong oracle');
/** Other things than measures, and summaries of a column over time. */
const OTHER = setOf(
  'topk acc3 acc5 prec5 std stderr var min max best lr grad norm time vs layer ema diff gap ' +
    'coef coeff coefficient weight weights scale lambda',
);
/** Words that change nothing about what a column holds. */
const PLAIN = setOf(
  'epoch epochs categorical sparse binary multiclass multi top top1 1 dataloader idx metric metrics ' +
    'mean avg average noisy given running total overall score rate set data',
);
/** Letters before or after a measure: `mAcc`, `aAcc`, `training's`. */
const LETTERS = setOf('m a s');
const EPOCH = ['epoch', 'epochs', 'ep'];
const STEP = ['step', 'steps', 'iteration', 'iterations', 'iter', 'itr', 'round', 'rounds'];
/** What may stand beside the word for epoch or step. */
const COUNTING = setOf(
  'train trainer global current cur num number idx index id no nr i count completed boosting',
);
/** Which run a column of a Weights & Biases export belongs to: `my-run - val/acc`. */
const RUN = /^(.+) - (?=[^-]+$)/;
/** What a first column without a name is called. */
export const UNNAMED = '(unnamed)';
const INDEX = /^(\(unnamed\)|unnamed: 0|index|idx|rownames)$/i;

/** A part of the data that a column may be measured on. */
export type LogPart = 'train' | 'holdout' | 'test';

/** Splits `valAccuracy`, `val_accuracy`, `valid/acc` and `hold-out acc` into lower-case words. */
export function wordsOfColumn(name: string): string[] {
  return name
    .replace(RUN, '')
    .replace(/m?IoU/g, '_iou_')
    .replace(/mAP/g, '_map')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/\b(hold|held)[ _-]out/g, '$1out')
    .replace(/cross[ _-]?entropy/g, 'crossentropy')
    .replace(
      /(prec|precision|acc|accuracy|recall|hits?|err|error)[ _]?@[ _]?(\d+)(?![.\d])/g,
      '$1 top$2',
    )
    .replace(/(?<![a-z])top[ _-]?(k|\d+)/g, ' top$1 ')
    .replace(/map[ _@-]?(0\.)?50?[ _:-]+(0\.)?95/g, 'map5095')
    .replace(/(?<![a-z])r\^?2(?![a-z0-9])/g, 'r2')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .flatMap(unglued);
}

const GLUED =
  /^(train|val|valid|test|eval|dev|tr|trn)(\d*)(acc|accuracy|loss|err|error|f1|auc|miou|iou|dice|map)?$/;

function unglued(word: string): string[] {
  const glued = GLUED.exec(word);
  if (glued) return glued.slice(1).filter((part) => part !== undefined && part !== '');
  // The second network's accuracy is called `acc2`; `acc5` is among the first five.
  const second = /^(acc|accuracy|loss)([0246789]|1\d)$/.exec(word);
  const ranked = /^(err|error)(\d+)$/.exec(word);
  if (ranked) return [ranked[1]!, `top${ranked[2]}`];
  return second ? [second[1]!, second[2]!] : [word];
}

/** The run that a column of a Weights & Biases export names; null where it names none. */
export const runOf = (name: string): string | null => RUN.exec(name)?.[1] ?? null;

const hasAny = (words: readonly string[], set: ReadonlySet<string>): boolean =>
  words.some((word) => set.has(word));

/** Whether a column holds test data, so that it is never read. */
export function isTest(name: string): boolean {
  const words = wordsOfColumn(name);
  if (hasAny(words, TEST)) return true;
  return hasAny(words, SHORT_TEST) && isMeasured(words);
}

const isAccuracy = (words: readonly string[]): boolean =>
  hasAny(words, ACCURACY) && !hasAny(words, ERROR) && !hasAny(words, LOSS);

const isLoss = (words: readonly string[]): boolean =>
  hasAny(words, LOSS) && !hasAny(words, ACCURACY);

const isMeasured = (words: readonly string[]): boolean =>
  isAccuracy(words) || isLoss(words) || measureIn(words) !== null;

/** Whether a column is a measure of test data. */
export const isTestMeasure = (name: string): boolean =>
  isTest(name) && isMeasured(wordsOfColumn(name));

/** Whether a column holds test data or tells true labels, so that it is never read. */
export function isForbidden(name: string): boolean {
  return isTest(name) || hasAny(wordsOfColumn(name), TRUTH);
}

/** Whether a column tells which fold of a cross-validation a row is of. */
export function isFold(name: string): boolean {
  const words = wordsOfColumn(name);
  return words.some((word) => word === 'fold' || word === 'folds') && !isMeasured(words);
}

/** Whether a column without another name may be the index of its rows. */
export const isIndexName = (name: string): boolean => INDEX.test(name);

/** Names that differ only by numbers are of the same kind: `val_0_acc` and `val_1_acc`. */
export const kindOf = (name: string): string => name.replace(/\d+/g, '#');

/** The part that a name tells; null where it tells none, and so may be of any. */
export function partOf(name: string): LogPart | null {
  const words = wordsOfColumn(name);
  if (hasAny(words, TEST)) return 'test';
  if (hasAny(words, HOLDOUT)) return 'holdout';
  return hasAny(words, TRAIN) ? 'train' : null;
}

/** Whether a name says a part of the data and nothing else, as PyTorch Geometric's `Val: 0.81`. */
export function isPartAlone(name: string): boolean {
  const words = wordsOfColumn(name);
  return words.length > 0 && words.every((word) => TRAIN.has(word) || HOLDOUT.has(word));
}

/** Whether a name is the accuracy or loss of some part, or of one that it does not tell. */
export function isCalled(name: string, what: 'accuracy' | 'loss'): boolean {
  const words = wordsOfColumn(name);
  if (isOther(words)) return false;
  return what === 'accuracy' ? isAccuracy(words) : isLoss(words);
}

const isOther = (words: readonly string[]): boolean =>
  words.some((word) => OTHER.has(word) || (/^top\d+$/.test(word) && word !== 'top1'));

/** The measure that a name tells, where it is neither accuracy nor loss by name. */
export function measureOf(name: string): LogMeasure | null {
  const words = wordsOfColumn(name);
  if (isForbidden(name) || isOther(words)) return null;
  return isAccuracy(words) || hasAny(words, LOSS) ? null : measureIn(words);
}

/**
 * How well a name fits a role: 0 is best, each word too many costs 1; null where it does not.
 */
export function fit(name: string, role: Role): number | null {
  const words = [...new Set(wordsOfColumn(name))];
  if (isForbidden(name) || isOther(words)) return null;
  if (role === 'epoch') return onlyWords(words, EPOCH);
  if (role === 'step') return onlyWords(words, STEP);
  return fitSignal(words, role);
}

/** The word, or one of its forms, with nothing beside it but whose it is, or that it counts. */
function onlyWords(words: readonly string[], forms: readonly string[]): number | null {
  if (!words.some((word) => forms.includes(word))) return null;
  const beside = words.filter((word) => !forms.includes(word));
  return beside.every((word) => COUNTING.has(word)) ? beside.length : null;
}

function fitSignal(words: readonly string[], signal: Signal): number | null {
  const has = (set: ReadonlySet<string>) => hasAny(words, set);
  const rest = (...sets: ReadonlySet<string>[]) =>
    words.filter(
      (word) =>
        !PLAIN.has(word) &&
        !LETTERS.has(word) &&
        !/^\d+$/.test(word) &&
        !sets.some((set) => set.has(word)),
    ).length;
  switch (signal) {
    case 'holdoutAccuracy':
      return has(HOLDOUT) && isAccuracy(words) ? rest(HOLDOUT, ACCURACY) : null;
    case 'holdoutLoss':
      return has(HOLDOUT) && isLoss(words) ? rest(HOLDOUT, LOSS) : null;
    case 'trainAccuracy':
      if (has(HOLDOUT) || !isAccuracy(words)) return null;
      return rest(TRAIN, ACCURACY) + (has(TRAIN) ? 0 : 0.5);
    case 'trainLoss':
      if (has(HOLDOUT) || !isLoss(words)) return null;
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
    [TRAIN, HOLDOUT, ACCURACY, LOSS, TEST, TRUTH, PLAIN].some((set) => set.has(word)),
  );
}
