/** What one line of a training's output tells: an epoch or step, and values with names. */
import { isCalled, isTest, measureOf, partOf } from '../names.ts';

/** What was found in a line. */
export interface LineFacts {
  /** As the line writes it; null where it names none. */
  epoch: number | null;
  step: number | null;
  /** The 3 of a line that begins with `[3/50]`; an epoch where the log tells none otherwise. */
  place: number | null;
  /** Values by name, each as it is written. */
  values: [name: string, text: string][];
  /** The part of the data that the line ends with, for lines below it that tell none. */
  part: string | null;
}

const NUMBER = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`;
/** `Epoch 3/50`, `Epoch: [3][10/391]`, `'epoch': 1.0`, `Train Epoch: 3`; not `epochs: 50`, which is how many. */
const EPOCH = new RegExp(
  String.raw`(?:\b([A-Za-z]+)[ _])?(?<![\w.])(?:epoch|ep\.?)(?:[_ ](?:idx|num|no\.?|number|id))?['"]?\s*[:=#]*\s*[[(#|]*\s*` +
    String.raw`(\d+(?:\.\d+)?)(?![\w]|\.\w)(?:\s*(?:/|of)\s*\d+)?\s*[\])|]*`,
  'i',
);
const STEP = new RegExp(
  String.raw`(?<![\w.])(?:global[_ ])?(?:step|iteration|iter|itr|round)['"]?\s*[:=#]*\s*[[(#]*\s*(\d+)(?![\w.])(?:\s*/\s*\d+)?\s*[\])]*`,
  'i',
);
const PLACE = /^\s*\[\s*(\d+)\s*\/\s*\d{1,4}\s*\]/;
/** How XGBoost, LightGBM and CatBoost begin a line. */
const BOOSTING = /^\s*(?:\[(\d+)\]\s+(?=\S+(?:'s \S+)?\s*:)|(\d+):\s+(?=learn:))/;

/**
 * Reads a line that has no codes and no stamps any more.
 * @param above the part that a line above ended with, for lines that are indented or begin with a star
 */
export function factsOf(line: string, above: string | null): LineFacts {
  const facts: LineFacts = { epoch: null, step: null, place: null, values: [], part: null };
  // The summary at a training's end is of no epoch.
  if (/train_runtime/.test(line)) return facts;
  let rest = prepared(line);
  let part = /^(\s+|\s*\*)/.test(line) ? above : null;
  const place = PLACE.exec(rest);
  if (place) facts.place = Number(place[1]);
  rest = rest.replace(BOOSTING, (_, bracketed?: string, plain?: string) => {
    facts.step = Number(bracketed ?? plain);
    return '';
  });
  rest = rest.replace(EPOCH, (_, before: string | undefined, number: string) => {
    facts.epoch = Number(number);
    if (before !== undefined && partOf(before) !== null) part = before;
    return ' ; ';
  });
  rest = rest.replace(STEP, (_, number: string) => {
    facts.step = Number(number);
    return ' ; ';
  });
  facts.part = collect(rest, part, facts.values);
  return facts;
}

const POINT = String.raw`[-+]?\d*\.\d+(?:e[-+]?\d+)?`;
const LIST = new RegExp(String.raw`\[\s*(${POINT}(?:[\s,]+${POINT})*)[\s,]*\]`, 'gi');

/** A line in which a value is a plain number after its name. */
function prepared(line: string): string {
  return line
    .replace(
      /\b(?:tensor|array|(?:np|numpy|torch)\.\w+)\(\s*\[?([-+\d.e]+)\]?(?:,[^()]*)?\)/g,
      '$1',
    )
    .replace(/(?<![A-Za-z0-9])['"`]|['"`](?![a-z])/g, ' ')
    .replace(
      /(?<![\w@])([A-Za-z][\w@]*) ?[([](train|training|val|valid|validation|dev|eval|test)[\])]/gi,
      '$2 $1',
    )
    .replace(/\b(on|of)( the)? \d[\d,]*( \w+)? (images|samples|examples)/gi, '$1$3')
    .replace(LIST, (_, list: string) => meanOf(list));
}

/** Of a value for each class their mean. */
function meanOf(list: string): string {
  const numbers = list
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number);
  return String(numbers.reduce((a, b) => a + b, 0) / numbers.length);
}

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
/** Words between a name and its value. */
const BETWEEN = /^(is|was|are|of|at|equals)$/i;
/** A name with one of these is no value of this epoch. */
const NO_VALUE = /\b(best|from|improved|reached|saving|saved|previous|patience|eta|lr)\b/i;
const LONGEST_NAME = 4;
/** Where so few words tell no measure, as in `val acc on the val images is`. */
const LONGEST_SENTENCE = 8;

/** Collects values with their names. @returns the part that the line ends with */
function collect(line: string, above: string | null, values: [string, string][]): string | null {
  let part = above;
  let name: string[] = [];
  let end = -1;
  let isAssigned = false;
  let heading = '';
  const seen = new Set<string>();
  const endName = () => {
    if (name.length > 0 && isPart(name.join(' '))) part = name.join(' ');
    heading = isAssigned && isMeasured(name.join(' ')) ? name.join(' ') : heading;
    name = [];
  };
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(line); found; found = TOKEN.exec(line)) {
    const { word, number, unit, sign } = found.groups!;
    if (word !== undefined) {
      if (isAssigned || found.index > end + 1) endName();
      isAssigned = false;
      name.push(word);
      end = TOKEN.lastIndex;
    } else if (sign !== undefined) {
      isAssigned = sign === ':' || sign === '=';
      if (!isAssigned) endName();
      if (!isAssigned && sign !== '%') heading = '';
    } else if (number !== undefined) {
      const after = line.slice(TOKEN.lastIndex);
      if (name.length > 0 && !isAssigned && unit === undefined && OF_NAME.test(after)) {
        name.push(number);
        end = TOKEN.lastIndex;
        continue;
      }
      const text = name.length > 0 && !isUnit(unit) ? valueOf(number, unit, after) : null;
      const whole = nameOf(name, heading);
      if (text !== null && !NO_VALUE.test(whole)) {
        const full =
          partOf(whole) === null && isMeasured(whole) ? inPart(part, whole, seen) : whole;
        if (partOf(whole) !== null) part = partWord(whole);
        seen.add(full);
        values.push([full, text]);
      }
      name = [];
      isAssigned = false;
      TOKEN.lastIndex += skipped(after);
    }
  }
  endName();
  return part;
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
