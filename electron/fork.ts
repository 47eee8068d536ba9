import { utilityProcess } from 'electron';
import type { UtilityProcess } from 'electron';
import { passWordsOn } from './core-words.ts';

/** Starts one of our own programs in a process of its own; TensorFlow in it never endangers the window. */
export function forkProcess(name: string, entry: string, args: string[]): UtilityProcess {
  const child = utilityProcess.fork(entry, args, {
    serviceName: name,
    execArgv: ['--enable-source-maps'],
    stdio: 'pipe',
    // Chromium brings its own malloc, with which training is 5 % slower than with TensorFlow's pool.
    env: { TF_CPP_MIN_LOG_LEVEL: '2', TF_CPU_ALLOCATOR_USE_BFC: 'true', ...process.env },
  });
  passWordsOn(child.stdout);
  passWordsOn(child.stderr);
  return child;
}
