/** `analyze` of a record folder: the verdict on its samples, once or while the training goes on. */
import { InputError } from '../contract/words/errors.ts';
import { plain } from '../contract/words/plain.ts';
import type { EpochRecord, Verdict } from '../contract/messages/records.ts';
import { ruleNameIn, verdictInWords } from '../contract/messages/verdict.ts';
import { LEAST_EPOCHS } from '../logs/verdict.ts';
import { openRecord } from '../runs/open-record.ts';
import { verdictSentence } from '../report/run-document.ts';
import { checkRun } from '../run-folder/check.ts';
import { executeRun } from '../runs/execute.ts';
import { shouldStop } from '../stopping/live.ts';
import { t, words } from '../terminal/language.ts';
import { printNote, printResult } from '../terminal/output.ts';
import { isReaderGone } from '../terminal/streams.ts';
import { epochWords, epochLine, sureWords } from './epoch-lines.ts';
import type { JsonOption } from './inspect.ts';
import type { KnownOptions } from './known.ts';
import { openPlace, runsFolder } from './places.ts';
import { RunFailed } from './run-failed.ts';
import { verdictOf } from '../run-folder/verdict.ts';

/** Of the options of `analyze`, those that a record has, and those of logs that would be passed over. */
export interface AnalyzeRecordOptions extends JsonOption, KnownOptions {
  columns: string[];
  holdout?: number;
  follow?: boolean;
  chance: number;
}

/** @throws InputError for an option that only a log has */
function refuseOthers(where: string, options: AnalyzeRecordOptions): void {
  const { columns, holdout, noiseRate, noiseKind, noiseMatrix, classes } = options;
  const given = {
    '--columns': columns.length > 0,
    '--holdout': holdout !== undefined,
    '--noise-rate': noiseRate !== undefined,
    '--noise-kind': noiseKind !== undefined,
    '--noise-matrix': noiseMatrix !== undefined,
    '--classes': classes !== undefined,
  };
  const option = Object.entries(given).find(([, isGiven]) => isGiven)?.[0];
  if (option !== undefined) throw new InputError('record.noOption', { where, option });
}

/** Recommends a stop from a record folder. @throws InputError naming the file, the place and the cure */
export async function analyzeRecord(folder: string, options: AnalyzeRecordOptions): Promise<void> {
  refuseOthers(folder, options);
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
    sureWords(verdict, 'epoch'),
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
      const told = { epoch, unit: 'epoch' as const, verdict, stop };
      printResult(json, epochLine(told), () => epochWords(told));
    },
  });
  if (summary.problem) throw new RunFailed(summary.problem, failure);
}
