/** One reading that several callers wait for, each of whom may give up. */
import type { LoadControl } from './control.ts';

/** A reading under way or done. */
export interface Shared<T> {
  /** Waits for it. @throws what reading throws, or the reason of this caller's own signal */
  wait(control: LoadControl): Promise<T>;
  /** Whether it may still be waited for: it has neither failed nor been given up. */
  alive(): boolean;
}

/** Starts reading; it is ended once everybody who waited has given up. */
export function shareReading<T>(
  read: (control: Required<Omit<LoadControl, 'fields'>>) => Promise<T>,
): Shared<T> {
  const end = new AbortController();
  const waiting = new Set<LoadControl>();
  let [failed, done] = [false, false];
  const reading = read({
    signal: end.signal,
    progress: (...report) => waiting.forEach(({ progress }) => progress?.(...report)),
  });
  reading.then(
    () => (done = true),
    () => (failed = true),
  );
  const wait = async (control: LoadControl): Promise<T> => {
    const { signal } = control;
    signal?.throwIfAborted();
    // A copy, since two callers may pass the same one.
    const caller = { ...control };
    waiting.add(caller);
    let leave = () => undefined as void;
    const left = new Promise<never>((_, fail) => {
      leave = () => fail(signal?.reason);
      signal?.addEventListener('abort', leave);
    });
    try {
      return await Promise.race([reading, left]);
    } finally {
      signal?.removeEventListener('abort', leave);
      waiting.delete(caller);
      if (waiting.size === 0 && !done) end.abort(new Error('Nobody waits for this any more.'));
    }
  };
  return { wait, alive: () => !failed && !end.signal.aborted };
}
