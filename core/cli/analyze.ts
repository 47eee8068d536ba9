/** `analyze`: recommends a stop from the log of any program, once or while it is written. */
import { setTimeout as wait } from 'node:timers/promises';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { InputError } from '../contract/words/errors.ts';
import { RATED_NOISES } from '../contract/config/schema.ts';
import { textFor } from '../contract/words/phrase.ts';
import { isRecord } from '../recorded/files.ts';
import { follow } from '../logs/follow.ts';
import { LOG_FORMATS } from '../logs/formats/index.ts';
import { parseColumns, readLog, ROLES } from '../logs/index.ts';
import type { Columns, Log } from '../logs/index.ts';
import { ownRows } from '../logs/log.ts';
import { tooFew, verdictOfLog } from '../logs/verdict.ts';
import { shownEpoch } from '../contract/words/numbers.ts';
import { documentFormat, writeDocument } from '../report/index.ts';
import { logDocument } from '../report/log-document.ts';
import type { LogVerdict } from '../contract/messages/logs.ts';
import { plain } from '../contract/words/plain.ts';
import { withCount, verdictInWords, verdictWords } from '../contract/messages/verdict.ts';
import { analyzeRecord } from './analyze-record.ts';
import { epochWords, epochLine, sureWords } from './epoch-lines.ts';
import type { Known } from '../stopping/known.ts';
import type { JsonOption } from './inspect.ts';
import { knownFrom, ratedNoise } from './known.ts';
import type { KnownOptions } from './known.ts';
import { listUnder } from './listed.ts';
import { RULES } from '../stopping/rules/index.ts';
import { spoken, t, words } from '../terminal/language.ts';
import { printResult, printNote } from '../terminal/output.ts';
import { isReaderGone } from '../terminal/streams.ts';
import {
  classCount,
  collect,
  rateBelowOne,
  refuseOptions,
  shareBetween,
  wholeNumber,
} from './usage.ts';

/** Milliseconds between two looks at a growing log. */
const PACE = 1000;

/** Options of `analyze`. */
interface AnalyzeOptions extends JsonOption, KnownOptions {
  /** Samples of the hold-out. */
  holdout?: number;
  /** `SIGNAL=COLUMN`. */
  columns: string[];
  follow?: boolean;
  /** `--follow` ends where waiting helps with less than this chance, 0 to 1. */
  chance: number;
  /** A file for a report. */
  report?: string;
}

/** Gives `analyze` its options and its work. */
export function defineAnalyze(command: Command): void {
  const kinds = RATED_NOISES.join(', ');
  command
    .option('--columns <signal=column,...>', t('cli.options.columns'), collect, [])
    .option('--holdout <samples>', t('cli.options.holdout'), wholeNumber('--holdout'))
    .option('--noise-rate <share>', t('cli.options.knownRate'), rateBelowOne('--noise-rate'))
    .option('--noise-kind <kind>', t('cli.options.knownKind', { kinds }), ratedNoise)
    .option('--noise-matrix <file>', t('cli.options.knownMatrix'))
    .option('--classes <number>', t('cli.options.classes'), classCount('--classes'))
    .option('--follow', t('cli.options.follow'))
    .option('--chance <share>', t('cli.options.chance'), shareBetween('--chance'), 0.1)
    .option('--report <file>', t('cli.options.reportFile'))
    .addHelpText('after', logChoices())
    .action(analyzeCommand);
}

/** The kinds of logs that can be read, and the rules that a recommendation is compared with. */
function logChoices(): string {
  const logs = LOG_FORMATS.ids.map((id) => textFor(t, `log.formats.${id}`));
  const rules = RULES.ids.map((id) => textFor(t, `verdict.rules.${id}`));
  return [listUnder(t('cli.help.logs'), logs), listUnder(t('cli.help.rules'), rules)].join('\n');
}

/** Recommends a stop from a log. @throws InputError naming the file, the place and the cure */
async function analyzeCommand(path: string, options: AnalyzeOptions): Promise<void> {
  if (options.follow) refuseOptions({ '--report': options.report }, '--follow');
  if (isRecord(resolve(path))) {
    // A record is a run, whose report says more.
    if (options.report !== undefined) throw new InputError('report.ofRecord', { where: path });
    return analyzeRecord(resolve(path), options);
  }
  const { report } = options;
  if (report !== undefined) documentFormat(report);
  const columns = parseColumns(options.columns);
  const known = await knownFrom(options);
  if (options.follow) return followLog(path, columns, known, options);
  const log = await readLog(path, { columns });
  const verdict = verdictOfLog(log, options.holdout ?? 0, known);
  if (!verdict) throw tooFew(log, path);
  if (report !== undefined) {
    const told = { ...log, rows: ownRows(log), verdict };
    await writeDocument(logDocument(told, basename(path), spoken()), resolve(report));
  }
  printResult(options.json ?? false, answerOf(log, verdict), () => inWords(log, verdict));
}

function answerOf(log: Log, verdict: LogVerdict): object {
  const { epoch, low, high, confidence, method, methodCode, reasons, why, candidates, phase } =
    verdictInWords(verdict, t);
  const step = log.steps[log.names.indexOf(String(epoch))] ?? null;
  const { format, columns, notes, byStep } = log;
  const by = byStep ? 'step' : 'epoch';
  return {
    ...{ epoch, low, high, confidence, method, methodCode, reasons, why, candidates },
    ...{ phase, step, by, format, columns, notes: notes.map(words), noteCodes: notes },
  };
}

function inWords(log: Log, verdict: LogVerdict): string {
  const { epoch, method, reasons, candidates } = verdictInWords(verdict, t);
  const unit = log.byStep ? 'step' : 'epoch';
  const step = log.steps[log.names.indexOf(String(epoch))];
  const isStep = step != null && !Number.isInteger(epoch);
  const last = Number(log.names.at(-1));
  const taken = ROLES.flatMap((role) => {
    const names = log.columns[role];
    return names ? [`${role}=${names.join('+')}`] : [];
  });
  return [
    verdictWords(verdict, last, t, { unit, write: shownEpoch }) +
      (isStep ? ` ${t('cli.analyze.isStep', { epoch: shownEpoch(epoch), step })}` : ''),
    sureWords(verdict, unit),
    `${t('verdict.by', { method })}.`,
    ...reasons.map((reason) => `- ${reason}`),
    t('cli.analyze.otherRules'),
    ...candidates.map((rule) => `  ${rule.method}: ${shownEpoch(rule.epoch)}`),
    withCount(t, 'cli.analyze.read', log.rows.length, {
      format: log.format,
      columns: plain(taken.join(', ')),
    }),
    ...log.notes.map((note) => `- ${words(note)}`),
  ].join('\n');
}

async function followLog(
  path: string,
  columns: Columns,
  known: Known,
  options: AnalyzeOptions,
): Promise<void> {
  const { holdout = 0, chance, json = false } = options;
  const pause = () => wait(PACE);
  let isTold = false;
  for await (const one of follow(path, { columns, known, holdoutCount: holdout, chance, pause })) {
    if (isReaderGone()) return;
    if (one.kind === 'waiting') printNote(t('cli.waiting', { why: words(one.why) }));
    else if (one.kind === 'quiet') printNote(t('cli.analyze.quiet'));
    else if (one.kind === 'anew') printNote(t('cli.analyze.anew'));
    else {
      if (!isTold) one.log.notes.forEach((note) => printNote(words(note)));
      isTold = true;
      const told = { ...one, unit: one.log.byStep ? ('step' as const) : ('epoch' as const) };
      printResult(json, epochLine(told), () => epochWords(told));
    }
  }
}
