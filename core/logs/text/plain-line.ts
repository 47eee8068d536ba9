/** Lines of text as a person saw them on a terminal, without what only a terminal needs. */

/** Colours and moves of the cursor (ECMA-48), titles of windows. */

const CODES = /\u001b(\[[0-9;?]*[ -/]*[@-~]|\][^\u0007]*(\u0007|\u001b\\)|[@-_])/g;
/** A return or a row of backspaces, after which a progress bar is written anew. */

const ANEW = /\r|\u0008+/;
/** When, where and how urgently a line was logged. */
const STAMPS: readonly RegExp[] = [
  // Ray's, of the process that printed.
  /^\([\w.]+ pid=\d+[^)]*\)\s*/,
  /^[IWEFD]\d{4} \d\d:\d\d:\d\d\.\d+\s+\d+ [\w.]+:\d+\]\s*/,
  /^\[?\(?\d{4}[-/.]\d\d?[-/.]\d\d?[T _]\d\d?:\d\d(:\d\d)?([.,]\d+)?(Z|[+-]\d\d:?\d\d)?\]?\)?[:,]?\s*/,
  /^\[?\d\d[-/.]\d\d[-/.]\d{2,4}[ T]\d\d:\d\d(:\d\d)?([.,]\d+)?\]?[:,]?\s*/,
  /^\[?\d\d:\d\d:\d\d([.,]\d+)?\]?[:,]?\s*/,
  /^[-:|>[(\s]*\b(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL)\b[\])]?\s*[-:|>]*\s*/i,
  /^[-:|\s]*(root|__main__|[a-z_]\w*(\.\w+)+|[\w/]+\.py(:\w+)?(:\d+)?)\]?\s*([-:|]\s+|\|)/,
  /^(mmengine|mmcls|mmdet|mmseg|mmcv|detectron2|train|trainer|logger)\s+-\s+(?=\S)/,
  /^\[[\w./-]+(\.py)?(:\d+)?\]\s*(\[?INFO\]?)?:?\s*(?=.*[a-z])/i,
  /^[-:|]+\s+/,
];

/** The last state of each line, as it stands once bars have been drawn. */
export function plainLine(raw: string): string {
  return unstamped(lastState(raw));
}

/** The same with what a logger puts before it. */
export function lastState(raw: string): string {
  const parts = raw.replace(CODES, '').split(ANEW);
  return parts.findLast((part) => part.trim() !== '') ?? '';
}

/** A line without what a logger puts before it; what is indented stays so. */
function unstamped(line: string): string {
  let rest = line;
  for (let round = 0; round < 2; round++) {
    for (const stamp of STAMPS) rest = withoutStamp(rest, stamp);
  }
  return rest;
}

function withoutStamp(line: string, stamp: RegExp): string {
  const found = stamp.exec(line);
  // `[3] train-loss` and `[Train] loss` are no stamps.
  if (
    !found ||
    /^\[(\s*\d+(\s*\/\s*\d+)?|\w*train\w*|\w*val\w*|\w*test\w*|epoch.*)\]\s*$/i.test(found[0])
  )
    return line;
  return line.slice(found[0].length);
}
