/** What one line of a training's output tells: an epoch or step, and values with names. */
import { partOf } from '../names.ts';
import { LineValues } from './values.ts';

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

/** The comma of `epoch, 3, loss, 0.5`, which is none of a sentence. */
const COMMA = String.raw`,(?=\s*\d+(?:\.\d+)?\s*(?:[,;|]|$))`;
/** `Epoch 3/50`, `Epoch: [3][10/391]`, `'epoch': 1.0`, `Train Epoch: 3`; not `epochs: 50`, which is how many. */
const EPOCH = new RegExp(
  String.raw`(?:\b([A-Za-z]+)[ _])?(?<![\w.])(?:epoch|ep\.?)(?:[_ ](?:idx|num|no\.?|number|id))?['"]?\s*(?:[:=#]*|${COMMA})\s*[[(#|]*\s*` +
    String.raw`(\d+(?:\.\d+)?)(?![\w]|\.\w)(?:\s*(?:/|of)\s*\d+)?\s*[\])|]*`,
  'i',
);
const STEP = new RegExp(
  String.raw`(?<![\w.])(?:global[_ ])?(?:step|iteration|iter|itr|round)['"]?\s*(?:[:=#]*|${COMMA})\s*[[(#]*\s*(\d+)(?![\w.])(?:\s*/\s*\d+)?\s*[\])]*`,
  'i',
);
const PLACE = /^\s*\[\s*(\d+)\s*\/\s*\d{1,4}\s*\]/;
/** How XGBoost, LightGBM and CatBoost begin a line. */
const BOOSTING = /^\s*(?:\[(\d+)\]\s+(?=\S+(?:'s \S+)?\s*:)|(\d+):\s+(?=learn:))/;

/** A line that begins with its step tells the epoch in passing, as verl's `training/epoch:0`. */
const BY_STEP = /^\s*(?:global[_ ])?step\s*[:=]/i;
const PASSING_EPOCH = /\b\w+\/epoch\s*[:=]\s*[\d.]+/gi;

/**
 * Reads a line that has no codes and no stamps any more.
 * @param above the part that a line above ended with, for lines that are indented or begin with a star
 * @param heading the part that a line by itself told, as `Validation`, for all lines below it
 */
export function factsOf(
  line: string,
  above: string | null,
  heading: string | null = null,
): LineFacts {
  const facts: LineFacts = { epoch: null, step: null, place: null, values: [], part: null };
  // The summary at a training's end is of no epoch.
  if (/train_runtime/.test(line)) return facts;
  let rest = prepared(line);
  let part = (/^(\s+|\s*\*)/.test(line) ? above : null) ?? heading;
  const place = PLACE.exec(rest);
  if (place) facts.place = Number(place[1]);
  rest = rest.replace(BOOSTING, (_, bracketed?: string, plain?: string) => {
    facts.step = Number(bracketed ?? plain);
    return '';
  });
  if (BY_STEP.test(rest)) rest = rest.replace(PASSING_EPOCH, ' ; ');
  rest = rest.replace(EPOCH, (_, before: string | undefined, number: string) => {
    facts.epoch = Number(number);
    if (before !== undefined && partOf(before) !== null) part = before;
    return ' ; ';
  });
  rest = rest.replace(STEP, (_, number: string) => {
    facts.step = Number(number);
    return ' ; ';
  });
  const reader = new LineValues(part);
  facts.part = reader.read(rest);
  facts.values = reader.values;
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
