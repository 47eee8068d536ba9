/** `analyze` of a record folder: the verdict on its samples, once or while the training goes on. */
import { InputError } from '../contract/words/errors.ts';
import { wholePercent } from '../contract/words/numbers.ts';
import { plain } from '../contract/words/plain.ts';
import type { EpochRecord, Verdict } from '../contract/messages/records.ts';
import { ruleNameIn, verdictInWords } from '../contract/messages/verdict.ts';
import { LEAST_EPOCHS } from '../logs/verdict.ts';
import { openRecord } from '../runs/open-record.ts';
import { verdictSentence } from '../report/html.ts';
import { checkRun } from '../run-folder/check.ts';
import { executeRun } from '../runs/execute.ts';
import { shouldStop } from '../stopping/live.ts';
import { t, words } from '../terminal/language.ts';
import { printNote, printResult } from '../terminal/output.ts';
import { isReaderGone } from '../terminal/streams.ts';
import type { JsonOption } from './inspect.ts';
import { openPlace, runsFolder } from './places.ts';
import { RunFailed } from './train.ts';
import { verdictOf } from '../run-folder/verdict.ts';

/** Of the options of `analyze`, those that a record has. */
export interface AnalyzeRecordOptions extends JsonOption {
  columns: string[];
  follow?: boolean;
  chance: number;
}

/** Recommends a stop from a record folder. @throws InputError naming the file, the place and the cure */
export async function analyzeRecord(folder: string, options: AnalyzeRecordOptions): Promise<void> {
  if (options.columns.length > 0) throw new InputError('record.noColumns', { where: folder });
  if (options.follow) return followRecord(folder, options);
  const run = await openPlace(folder);
  const checked = checkRun(run);
  const verdict = verdictOf(run, checked);
  if (!verdict) {
    const n = checked.rows.filter(({ epoch }) => epoch > 0).length;
    throw new InputError('log.tooFewEpochs', { where: folder, n, least: LEAST_EPOCHS });
  }
  printResult(options.json ?? false, { run, ...answerOf(verdict) }, () =>
    inWords(verdict, checked.rows),
  );
}

function answerOf(verdict: Verdict): object {
  const { epoch, low, high, confidence, method, methodCode, reasons, why, candidates, phase } =
    verdictInWords(verdict, t);
  return { epoch, low, high, confidence, method, methodCode, reasons, why, candidates, phase };
}

function inWords(verdict: Verdict, rows: readonly EpochRecord[]): string {
  return [
    verdictSentence(verdict, rows, t),
    t('cli.analyze.sure', { share: wholePercent(verdict.confidence), unit: 'epoch' }),
    `${t('verdict.by', { method: verdictInWords(verdict, t).method })}.`,
    ...verdict.why.map((reason) => `- ${words(reason)}`),
    t('cli.analyze.otherRules'),
    ...verdict.candidates.map(({ rule, epoch }) => `  ${ruleNameIn(rule, t)}: ${epoch}`),
  ].join('\n');
}

/** Tells of each epoch as it comes, and ends when training may, or has ended. */
async function followRecord(folder: string, options: AnalyzeRecordOptions): Promise<void> {
  const { chance, json = false } = options;
  const open = openRecord(folder, runsFolder(), { follow: true, stopChance: chance });
  printNote(t('cli.recordIn', { folder: plain(open.run) }));
  const verdicts: (Verdict | null)[] = [];
  let stopped = false;
  process.once('SIGINT', () => (stopped = true));
  let failure: unknown;
  const summary = await executeRun(open, {
    stopped: () => stopped || isReaderGone(),
    failed: (error) => (failure = error),
    epoch({ record: { epoch } }, verdict) {
      verdicts.push(verdict);
      const stop = shouldStop(verdicts, chance);
      printResult(json, lineOf(epoch, verdict, stop), () => lineInWords(epoch, verdict, stop));
    },
  });
  if (summary.problem) throw new RunFailed(summary.problem, failure);
}

function lineOf(epoch: number, verdict: Verdict | null, stop: boolean): object {
  if (!verdict) return { epoch, best: null, stop };
  const { epoch: best, low, high, confidence, phase } = verdict;
  return { epoch, best, low, high, confidence, phase, stop };
}

function lineInWords(epoch: number, verdict: Verdict | null, stop: boolean): string {
  const told = (what: string) => t('cli.analyze.at', { unit: 'epoch', at: String(epoch), what });
  if (!verdict) return told(t('cli.analyze.tooEarly'));
  const { low, high, confidence, phase } = verdict;
  const best = t('cli.analyze.best', {
    best: String(verdict.epoch),
    low: String(low),
    high: String(high),
  });
  const share = wholePercent(confidence);
  if (stop) return told(t('cli.analyze.stop', { unit: 'epoch', best, share }));
  return told(t(phase === 'past' ? 'cli.analyze.past' : 'cli.analyze.keepOn', { best, share }));
}
