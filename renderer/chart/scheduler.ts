/** One clock for all charts: each redraws at most ten times a second, all in the same frame. */

const INTERVAL = 100;
const waiting = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | null = null;
let last = 0;

function flush(): void {
  timer = null;
  last = performance.now();
  const jobs = [...waiting];
  waiting.clear();
  for (const job of jobs) job();
}

/** Runs a job soon, but no more than ten times a second; asking again while it waits changes nothing. */
export function schedule(job: () => void): void {
  waiting.add(job);
  if (timer !== null) return;
  const wait = Math.max(0, last + INTERVAL - performance.now());
  timer = setTimeout(() => requestAnimationFrame(flush), wait);
}

/** Forgets a waiting job. */
export function unschedule(job: () => void): void {
  waiting.delete(job);
}
