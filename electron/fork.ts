import { app, utilityProcess } from 'electron';
import type { UtilityProcess } from 'electron';
import { relayOutput } from './core-words.ts';

/**
 * Chromium brings its own malloc, with which training is 5% slower than with TensorFlow's pool. It
 * ends the process where it is asked for 1 GiB at once, which the pool does as it doubles; within
 * this limit it never does, and TensorFlow says that memory is short instead.
 */
const TENSORFLOW = {
  TF_CPP_MIN_LOG_LEVEL: '2',
  TF_CPU_ALLOCATOR_USE_BFC: 'true',
  TF_CPU_BFC_MEM_LIMIT_IN_MB: '2000',
};

/** Starts one of our own programs in a process of its own; TensorFlow in it never endangers the window. */
export function forkProcess(name: string, entry: string, args: string[]): UtilityProcess {
  const child = utilityProcess.fork(entry, args, {
    serviceName: name,
    execArgv: ['--enable-source-maps'],
    stdio: 'pipe',
    env: { ...TENSORFLOW, ...process.env, LAB_PRINTER: JSON.stringify(printer()) },
  });
  relayOutput(child.stdout);
  relayOutput(child.stderr);
  return child;
}

/** How another of us is started that prints a page (`electron/print.ts`). */
function printer(): string[] {
  const flags = app.commandLine.hasSwitch('no-sandbox') ? ['--no-sandbox'] : [];
  return [process.execPath, ...flags, ...(app.isPackaged ? [] : [app.getAppPath()])];
}
