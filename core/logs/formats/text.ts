/** What a training printed: Keras's progress, lines of loggers, consoles of Hugging Face, MMEngine, XGBoost. */
import { inRow } from '../../contract/words/place.ts';
import type { LogFormat } from '../format.ts';
import { fit, isCalled, isTest, measureOf } from '../names.ts';
import { logLines, textHead } from '../source.ts';
import { Store } from '../store.ts';
import { factsOf } from '../text/line.ts';
import type { LineFacts } from '../text/line.ts';
import { lastState, plainLine } from '../text/plain-line.ts';

const EPOCH = 'epoch';
const STEP = 'step';
/** Longer lines are no lines of a log that a person reads. */
const LONGEST = 4000;

/** JSON that is of no shape known is no text either. */
const JSON_LIKE = /^\s*(\{\s*["}]|\[\s*[[{"])/;

/** Plain text with names and values in its lines. */
export const textFormat: LogFormat = {
  id: 'text',
  namesIn(file) {
    const text = textHead(file);
    if (text === null || JSON_LIKE.test(text)) return null;
    const names = new Set<string>();
    let rows = 0;
    const epochs = new Epochs((epoch, step, values) => {
      rows++;
      if (epoch !== null) names.add(EPOCH);
      if (step !== null) names.add(STEP);
      for (const [name] of values) names.add(name);
    });
    for (const line of text.split('\n')) epochs.take(line);
    epochs.end();
    const isTold = [...names].some(isSignal);
    const isCounted = names.has(EPOCH) || names.has(STEP) || rows > 2;
    return isTold && isCounted ? [...names] : null;
  },
  async read([file], { wanted, growing }) {
    const store = new Store(wanted);
    let number = 0;
    const epochs = new Epochs((epoch, step, values) => {
      store.row();
      if (epoch !== null && store.name(EPOCH)) store.put(EPOCH, epoch);
      if (step !== null && store.name(STEP)) store.put(STEP, step);
      for (const [name, text] of values) {
        if (store.name(name)) store.putText(name, text, () => inRow(file.path, number));
      }
    });
    const lines: string[] = [];
    for await (const line of logLines(file, growing)) {
      number++;
      if (lines.length < 200) lines.push(lastState(line));
      epochs.take(line);
    }
    epochs.end();
    return store.table({ format: writerOf(lines), zeroIsBefore: false, where: file.path });
  },
};

const isSignal = (name: string): boolean =>
  isCalled(name, 'accuracy') ||
  isCalled(name, 'loss') ||
  measureOf(name) !== null ||
  (isTest(name) && /acc|loss|err/i.test(name)) ||
  fit(name, 'predictionChanges') !== null;

const isCount = (name: string): boolean =>
  fit(name, 'epoch') !== null || fit(name, 'step') !== null;

type Take = (epoch: number | null, step: number | null, values: Map<string, string>) => void;

/** `Validation`, `Test on Epoch 3`, `Now continue training...`: a line that tells what follows. */
const HEADING =
  /^\W*(?:(?:start|begin|run|now|continue|do)(?:n?ing)?\s+)*(test|testing|valid|validat\w+|eval|evaluat\w+|train|training)\b[^:=|]*$/i;
const LONGEST_HEADING = 6;
/** Before boosting programs tell the best round once more. */
const REPEATED = /\bbest (?:iteration|epoch|step|round)(?: is)?:?\s*$/i;

/** The part that a line is the heading of, null for training; undefined where it is none. */
function headingIn(line: string, { values }: LineFacts): 'test' | 'val' | null | undefined {
  const [, part] = HEADING.exec(line) ?? [];
  if (part === undefined || values.length > 0) return undefined;
  if (line.trim().split(/\s+/).length > LONGEST_HEADING) return undefined;
  if (/^train/i.test(part)) return null;
  return /^test/i.test(part) ? 'test' : 'val';
}

/** Joins lines of one epoch to a row; of values that are told several times the last counts. */
class Epochs {
  private epoch: number | null = null;
  private step: number | null = null;
  private values = new Map<string, string>();
  private part: string | null = null;
  /** The part that a line by itself told, for lines below it. */
  private heading: string | null = null;
  /** Whether a line comes that tells the best epoch again. */
  private isRepeated = false;
  /** Steps that were told. */
  private readonly steps = new Set<number>();
  /** Whether the log counts epochs at all; else a row is a step, or ends where a name comes again. */
  private byEpoch = false;

  constructor(private readonly row: Take) {}

  take(raw: string): void {
    const line = plainLine(raw);
    if (line.length > LONGEST) return;
    const facts = this.factsIn(line);
    const isAgain = this.isRepeated && facts.step !== null && this.steps.has(facts.step);
    this.isRepeated = REPEATED.test(line);
    if (isAgain) return;
    this.part = facts.part;
    if (facts.epoch !== null) this.byEpoch = true;
    if (!this.byEpoch && facts.step === null && facts.place !== null) facts.epoch = facts.place;
    if (this.isNext(facts)) this.flush();
    if (facts.epoch !== null) this.epoch = facts.epoch;
    if (facts.step !== null && facts.epoch === null && !this.byEpoch) {
      this.step = facts.step;
      this.steps.add(facts.step);
    }
    for (const [name, text] of facts.values) {
      // `epochs=30` among the settings is no epoch.
      if (!isCount(name)) this.values.set(name, text);
    }
  }

  end(): void {
    this.flush();
  }

  /** What a line tells, below whatever heading it stands. */
  private factsIn(line: string): LineFacts {
    let facts = factsOf(line, this.part, this.heading);
    if (this.heading !== null && this.isNext(facts)) {
      this.heading = null;
      facts = factsOf(line, this.part);
    }
    // `Evaluating...` may be on the test, which the next line tells.
    const isTested = facts.values.some(([name]) => isTest(name));
    if (this.heading === 'val' && isTested) this.heading = 'test';
    const heading = headingIn(line, facts);
    // What follows on a test is of the test, whatever it calls itself.
    if (heading !== undefined && !(this.heading === 'test' && heading !== null)) {
      this.heading = heading;
    }
    return facts;
  }

  private isNext({ epoch, step, values }: LineFacts): boolean {
    if (epoch !== null) return epoch !== this.epoch;
    if (this.byEpoch) return false;
    if (step !== null) return step !== this.step;
    return this.step === null && values.some(([name]) => this.values.has(name));
  }

  private flush(): void {
    if (this.values.size > 0) this.row(this.epoch, this.step, this.values);
    this.values = new Map();
  }
}

/** Who wrote lines, where something in them is theirs alone. */
function writerOf(lines: readonly string[]): string {
  const some = (test: RegExp) => lines.some((line) => test.test(line));
  const named = (writer: string) => `${writer} (text)`;
  if (some(/^\s*\d+\/\d+ (\[=*[>=.]*\]|\u2501+|- \d+m?s -).* - (\w*loss|accuracy):/)) {
    return named('Keras progress');
  }
  if (some(/^\s*\{'(loss|eval_loss|eval_\w+)'.*'epoch'/)) return named('Hugging Face console');
  if (some(/ - mmengine - /)) return named('MMEngine log');
  if (some(/ - (mmcv|mmcls|mmdet|mmseg) - /)) return named('MMCV log');
  if (some(/^\[\d+\]\t?\s*[\w-]+'s /)) return named('LightGBM');
  if (some(/^\[\d+\]\s+[\w]+-[\w@.-]+:/)) return named('XGBoost');
  if (some(/Pseudo dice/)) return named('nnU-Net log');
  return 'Plain text';
}
