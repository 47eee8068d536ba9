/** Measures that are neither accuracy nor loss by name: which way is better, and what they can stand for. */

/** A measure that people log instead of accuracy or loss, or beside it. */
export interface LogMeasure {
  id: string;
  better: 'higher' | 'lower';
  /** What it can stand for, of whichever part it is measured on. */
  as: 'Accuracy' | 'Loss';
}

/** Words of names, and what they mean; of several the first counts. */
const KNOWN: readonly (LogMeasure & { words: string })[] = [
  { id: 'squaredError', better: 'lower', as: 'Loss', words: 'mse rmse msle rmsle squared l2' },
  { id: 'absoluteError', better: 'lower', as: 'Loss', words: 'mae mape smape absolute l1 huber' },
  { id: 'wordError', better: 'lower', as: 'Accuracy', words: 'wer cer ter eer mer' },
  { id: 'perplexity', better: 'lower', as: 'Loss', words: 'perplexity ppl' },
  { id: 'bits', better: 'lower', as: 'Loss', words: 'bpc bpb bpd' },
  { id: 'brier', better: 'lower', as: 'Loss', words: 'brier fid hausdorff hd95' },
  {
    id: 'error',
    better: 'lower',
    as: 'Accuracy',
    words: 'error errors err errs errorrate merror misclassification',
  },
  {
    id: 'f1',
    better: 'higher',
    as: 'Accuracy',
    words: 'f1 f2 fscore fbeta fmeasure f1score micro_f1',
  },
  {
    id: 'auc',
    better: 'higher',
    as: 'Accuracy',
    words: 'auc auroc rocauc roc aucroc auprc aucpr prauc auc_roc',
  },
  {
    id: 'meanPrecision',
    better: 'higher',
    as: 'Accuracy',
    words: 'map map50 map75 map95 map5095 ap ap50 ap75 bbox_map',
  },
  { id: 'overlap', better: 'higher', as: 'Accuracy', words: 'dice dsc iou miou jaccard' },
  {
    id: 'precision',
    better: 'higher',
    as: 'Accuracy',
    words: 'precision recall sensitivity specificity',
  },
  { id: 'agreement', better: 'higher', as: 'Accuracy', words: 'kappa qwk mcc matthews' },
  { id: 'r2', better: 'higher', as: 'Accuracy', words: 'r2 r2score pearson spearman pcc srcc ccc' },
  {
    id: 'text',
    better: 'higher',
    as: 'Accuracy',
    words: 'bleu rouge meteor cider chrf em ndcg mrr',
  },
  { id: 'picture', better: 'higher', as: 'Accuracy', words: 'ssim' },
];

const BY_WORD = new Map(
  KNOWN.flatMap(({ words, ...measure }) => words.split(' ').map((word) => [word, measure])),
);
/** Of an error these words say that it is no share of samples. */
const RANK = new Map(KNOWN.map(({ id }, i) => [id, i]));

/** The measure that a name's words tell; null where they tell none. */
export function measureIn(words: readonly string[]): LogMeasure | null {
  const found = words.flatMap((word) => BY_WORD.get(word) ?? []);
  return found.sort((a, b) => RANK.get(a.id)! - RANK.get(b.id)!)[0] ?? null;
}

/** How a value is turned so that it can stand for accuracy (more is better) or loss (less is). */
export type Turn = 'asIs' | 'complement' | 'logarithm' | 'fromZero';

/**
 * How a measure becomes a signal.
 * @returns null where it cannot, for it is no share
 */
export function turnFor(measure: LogMeasure | null, signal: 'Accuracy' | 'Loss'): Turn | null {
  if (!measure) return 'asIs';
  if (signal === 'Accuracy') {
    if (measure.as === 'Loss') return null;
    return measure.better === 'lower' ? 'complement' : 'fromZero';
  }
  if (measure.id === 'perplexity') return 'logarithm';
  return measure.better === 'higher' ? 'complement' : 'asIs';
}

/** A turned value. @param whole what 100% is in these values: 1 or 100 */
export function turned(value: number, turn: Turn, whole: number): number {
  if (turn === 'complement') return Math.max(0, whole - value);
  if (turn === 'logarithm') return Math.log(value);
  return turn === 'fromZero' ? Math.max(0, value) : value;
}
