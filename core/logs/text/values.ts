/** Values in a line of text, and what they are called: `loss: 0.5`, `val acc on the val images is 61.2 %`. */
import { isCalled, isTest, measureOf, partOf } from '../names.ts';

/** A number as programs print it. */
export const NUMBER = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`;
const TOKEN = new RegExp(
  String.raw`(?<number>${NUMBER}|[-+]?\b(?:nan|inf)\b)(?<unit>%|[A-Za-z][A-Za-z/]*)?|` +
    String.raw`(?<word>[A-Za-z_](?:[\w@./'^-]*[\w)])?(?:\([A-Za-z]\)| ?\([A-Za-z][^()]*\)(?=\s*[:=]))?)|(?<sign>[^\s\w])`,
  'gi',
);
/** `9830/10000`, of which the share is meant. */
const RATIO = new RegExp(String.raw`^\s*/\s*(\d+)`);
/** The average so far, as PyTorch's examples write it: `Loss 0.5 (0.6)`. */
const AVERAGE = new RegExp(String.raw`^\s*\(\s*(${NUMBER})\s*\)`);
/** `AP .5: 0.31`, `top 1: 0.8`: a number that is of the name, for a value follows it. */
const OF_NAME = new RegExp(String.raw`^\s*(?::\s+|=\s*)(?=${NUMBER})`);
/** What a measure with a colon may be told of one by one: `Test Accuracy: Model1 84.6 % Model2 85.2 %`. */
const ONE_OF_SEVERAL = /^(model|network|net|student|teacher|head|branch|view|top)[ _-]?\d*$/i;
/** `loss, 0.838, acc, 0.61`: a value after a comma, and nothing else before the next one. */
const LISTED = new RegExp(String.raw`^\s+${NUMBER}\s*%?\s*(?:[,;|]|$)`);
/** Words between a name and its value. */
const BETWEEN = /^(is|was|are|of|at|equals)$/i;
/** A name with one of these is no value of this epoch. */
const NO_VALUE = /\b(best|from|improved|reached|saving|saved|previous|patience|eta|lr)\b/i;
const LONGEST_NAME = 4;
/** Where so few words tell no measure, as in `val acc on the val images is`. */
const LONGEST_SENTENCE = 8;

/** Reads the values of a line from left to right, each with the words before it as its name. */
export class LineValues {
  /** Values by name, each as it is written. */
  readonly values: [name: string, text: string][] = [];
  private readonly seen = new Set<string>();
  /** The words since the last value, or the last sign that ends a name. */
  private name: string[] = [];
  /** Where the last word of the name ends. */
  private end = -1;
  /** Whether a colon or the like stands after the name. */
  private isAssigned = false;
  /** The measure that several values are told of. */
  private heading = '';

  /** @param part the part of the data that the line is of, until it tells another */
  constructor(private part: string | null) {}

  /** @returns the part that the line ends with */
  read(line: string): string | null {
    TOKEN.lastIndex = 0;
    for (let found = TOKEN.exec(line); found; found = TOKEN.exec(line)) {
      const { word, number, unit, sign } = found.groups!;
      const after = line.slice(TOKEN.lastIndex);
      if (word !== undefined) this.word(word, found.index);
      else if (sign !== undefined) this.sign(sign, after);
      else if (number !== undefined) TOKEN.lastIndex += this.number(number, unit, after);
      // A word, or a number that is of a name.
      if (this.name.length > 0 && sign === undefined) this.end = TOKEN.lastIndex;
    }
    this.endName();
    return this.part;
  }

  private word(word: string, at: number): void {
    if (this.isAssigned || at > this.end + 1) this.endName();
    this.isAssigned = false;
    this.name.push(word);
  }

  private sign(sign: string, after: string): void {
    const isListed = sign === ',' && LISTED.test(after) && isMeasured(this.name.join(' '));
    this.isAssigned = sign === ':' || sign === '=' || isListed;
    if (this.isAssigned) return;
    this.endName();
    if (sign !== '%') this.heading = '';
  }

  /** @returns how much after the number belongs to it */
  private number(number: string, unit: string | undefined, after: string): number {
    const isNamed = this.name.length > 0;
    if (isNamed && !this.isAssigned && unit === undefined && OF_NAME.test(after)) {
      this.name.push(number);
      return 0;
    }
    const text = isNamed && !isUnit(unit) ? valueOf(number, unit, after) : null;
    if (text !== null) this.value(nameOf(this.name, this.heading), text);
    this.name = [];
    this.isAssigned = false;
    return skipped(after);
  }

  private value(name: string, text: string): void {
    if (NO_VALUE.test(name)) return;
    const isBare = partOf(name) === null;
    const full = isBare && isMeasured(name) ? inPart(this.part, name, this.seen) : name;
    if (!isBare) this.part = partWord(name);
    this.seen.add(full);
    this.values.push([full, text]);
  }

  private endName(): void {
    const name = this.name.join(' ');
    if (name !== '' && isPart(name)) this.part = name;
    if (this.isAssigned && isMeasured(name)) this.heading = name;
    this.name = [];
  }
}

/** What a value is called: the last words before it, and the measure that they are told of. */
function nameOf(words: readonly string[], heading: string): string {
  const end = words.findLastIndex((word) => !BETWEEN.test(word)) + 1;
  const told = words.slice(0, end);
  const short = told.slice(-LONGEST_NAME).join(' ');
  if (heading !== '' && ONE_OF_SEVERAL.test(short)) return `${heading} ${short}`;
  if (isMeasured(short)) return short;
  const long = told.slice(-LONGEST_SENTENCE).join(' ');
  return isMeasured(long) ? long : short;
}

const isUnit = (unit: string | undefined): boolean => unit !== undefined && unit !== '%';

/** Whether a name says only which part of the data follows. */
const isPart = (name: string): boolean => name !== '' && partOf(name) !== null && !isMeasured(name);

const isMeasured = (name: string): boolean =>
  isCalled(name, 'accuracy') ||
  isCalled(name, 'loss') ||
  measureOf(name) !== null ||
  (isTest(name) && /acc|loss|err/i.test(name));

/** A bare name after `train loss` is of training too, unless the line told that already. */
function inPart(part: string | null, name: string, seen: ReadonlySet<string>): string {
  if (part === null) return name;
  const full = `${part} ${name}`;
  const plain = (one: string) => one.toLowerCase().replace(/[^a-z0-9]/g, '');
  return [...seen].some((one) => plain(one) === plain(full)) ? name : full;
}

/** The word of a name that tells the part: of `val_loss` it is `val`. */
function partWord(name: string): string | null {
  const words = name.split(/[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])/).filter(Boolean);
  return words.find((word) => partOf(word) !== null) ?? null;
}

function valueOf(number: string, unit: string | undefined, after: string): string | null {
  const ratio = RATIO.exec(after);
  if (ratio) return Number(ratio[1]) > 0 ? String(Number(number) / Number(ratio[1])) : null;
  const average = AVERAGE.exec(after);
  return average ? average[1]! : number + (unit ?? '');
}

/** How much after a number belongs to it. */
function skipped(after: string): number {
  return (RATIO.exec(after) ?? AVERAGE.exec(after) ?? [''])[0].length;
}
