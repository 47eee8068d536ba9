#!/usr/bin/env node
/** The command line. Exit 0, 1 for a failure, 2 for wrong usage or input. */
import { CommanderError } from 'commander';
import { DiskError } from '../disk/disk-error.ts';
import { InputError, phraseOf } from '../contract/words/errors.ts';
import { underElectron } from '../machine/channel.ts';
import { speakAsAsked, t, words } from '../terminal/language.ts';
import { printNote } from '../terminal/output.ts';
import { program } from './program.ts';
import { surviveReaders } from '../terminal/streams.ts';
import { RunFailed } from './run-failed.ts';
import { usageError } from './usage.ts';

/** Wrong usage or input is 2; help and version are no errors; anything else is 1. */
function exitCode(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof RunFailed) return error.cause instanceof InputError ? 2 : 1;
  if (error instanceof DiskError) return error.isWrongPlace ? 2 : 1;
  const { code } = error as NodeJS.ErrnoException;
  return error instanceof InputError || typeof code === 'string' ? 2 : 1;
}

async function main(): Promise<void> {
  surviveReaders();
  speakAsAsked(process.argv.slice(2), process.env);
  try {
    const args = process.argv.slice(2);
    const commands = await program((name) => args.includes(name));
    await commands.parseAsync(args, { from: 'user' });
  } catch (error) {
    const code = exitCode(error);
    const told = error instanceof CommanderError ? usageError(error) : error;
    if (code !== 0) printNote(words(phraseOf(told, t('cli.whatWasNamed'))));
    process.exitCode = code;
  }
}

// Its channel to Electron's main process would keep this one alive.
void main().then(() => {
  if (underElectron) process.stdout.write('', () => process.exit());
});
