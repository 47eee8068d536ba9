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

/** As Node names places in our own files, in errors. */
const SOURCES = ['--enable-source-maps'];

/**
 * Starts the command line in a process of its own, with this one's stdout and stderr.
 * @param env where the environment names no other
 */
export function forkCommand(entry: string, args: string[], env: NodeJS.ProcessEnv): UtilityProcess {
  return utilityProcess.fork(entry, args, {
    serviceName: 'Label Noise Lab command',
    execArgv: SOURCES,
    stdio: 'inherit',
    env: { ...TENSORFLOW, ...env, ...ownEnv() },
  });
}

/** Starts one of our own programs in a process of its own; TensorFlow in it never endangers the window. */
export function forkProcess(name: string, entry: string, args: string[]): UtilityProcess {
  const child = utilityProcess.fork(entry, args, {
    serviceName: name,
    execArgv: SOURCES,
    stdio: 'pipe',
    env: { ...TENSORFLOW, ...ownEnv() },
  });
  relayOutput(child.stdout);
  relayOutput(child.stderr);
  return child;
}

/** Ours, with how another of us is started: one that prints a page, or that a queue calls. */
function ownEnv(): NodeJS.ProcessEnv {
  const flags = app.commandLine.hasSwitch('no-sandbox') ? ['--no-sandbox'] : [];
  const again = [process.execPath, ...flags, ...(app.isPackaged ? [] : [app.getAppPath()])];
  return { ...process.env, LAB_ELECTRON_APP: JSON.stringify(again) };
}
