/** A clock for redraws: a job runs soon after it is asked for, but no more often than its interval allows. */

/** Ten times a second, in ms. */
const INTERVAL = 100;
const waiting = new Map<() => void, ReturnType<typeof setTimeout>>();
const lastRun = new WeakMap<() => void, number>();

/**
 * Runs a job in the next frame that its rate allows; asking again while it waits changes nothing.
 * @param interval the least time between two runs of it, in ms
 */
export function schedule(job: () => void, interval = INTERVAL): void {
  if (waiting.has(job)) return;
  const wait = Math.max(0, (lastRun.get(job) ?? -interval) + interval - performance.now());
  const run = (): void => {
    if (!waiting.delete(job)) return;
    lastRun.set(job, performance.now());
    job();
  };
  waiting.set(
    job,
    setTimeout(() => requestAnimationFrame(run), wait),
  );
}

/** Forgets a waiting job. */
export function unschedule(job: () => void): void {
  clearTimeout(waiting.get(job));
  waiting.delete(job);
}
