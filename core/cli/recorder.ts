/** `recorder`: the Python file that records a training elsewhere. */
import { resolve } from 'node:path';
import { RECORDER } from '../recorded/recorder.ts';
import { writeWhole } from '../disk/write.ts';
import { printResult } from '../terminal/output.ts';
import { writeOut } from '../terminal/streams.ts';
import type { JsonOption } from './inspect.ts';

/** Prints it, or writes it to a file. @throws DiskError */
export function recorderCommand({ json = false, out }: JsonOption & { out?: string }): void {
  if (out === undefined && !json) return writeOut(RECORDER);
  const path = out === undefined ? null : resolve(out);
  if (path) writeWhole(path, RECORDER);
  printResult(json, path ? { path } : { recorder: RECORDER }, () => path ?? RECORDER);
}
