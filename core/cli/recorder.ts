/** `recorder`: the Python file that records a training elsewhere. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { RECORDER } from '../recorded/recorder.ts';
import { writeWhole } from '../disk/write.ts';
import { t } from '../terminal/language.ts';
import { printResult } from '../terminal/output.ts';
import { writeOut } from '../terminal/streams.ts';
import type { JsonOption } from './inspect.ts';

/** Gives `recorder` its options and its work. */
export function defineRecorder(command: Command): void {
  command.option('--out <file>', t('cli.options.outRecorder')).action(recorderCommand);
}

/** Prints it, or writes it to a file. @throws DiskError */
function recorderCommand({ json = false, out }: JsonOption & { out?: string }): void {
  if (out === undefined && !json) return writeOut(RECORDER);
  const path = out === undefined ? null : resolve(out);
  if (path) writeWhole(path, RECORDER);
  printResult(json, path ? { path } : { recorder: RECORDER }, () => path ?? RECORDER);
}
