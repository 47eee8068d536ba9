/** Keeps a process that trains open to messages. */
import { setImmediate, setTimeout } from 'node:timers/promises';

/** How a caller steers and follows training. */
export interface Control {
  /** Awaited often; pausing is a promise that is pending, stopping is `stopped` turning true. */
  pause?: () => Promise<void> | null;
  stopped?: () => boolean;
  /** Called about twice a second with the epoch being trained and how far into it, 0 to 1. */
  progress?: (epoch: number, fraction: number) => void;
  /** Whether something else in this process waits for time, such as the reading of other data. */
  shares?: () => boolean;
}

/** How long to compute before letting messages through, in ms. */
const BREATH = 20;
/** How often progress is told, in ms. */
const TELL = 500;
/** The longest that training stands still at a time for something else, in ms. */
const SHARE = 200;

/** Lets messages through between native calls, waits while paused, and keeps the time. */
export class Breather {
  private last = performance.now();
  private reported = 0;
  private worked = 0;
  private since = performance.now();

  constructor(private readonly control: Control) {}

  /** @param seconds that the epoch has taken already */
  restart(seconds = 0): void {
    this.worked = seconds * 1000;
    this.since = performance.now();
  }

  /** Seconds since `restart`, pauses not counted. */
  seconds(): number {
    return (this.worked + performance.now() - this.since) / 1000;
  }

  /**
   * Breathes when it is time, or at once where that is asked.
   * @returns false where training should stop
   */
  async breathe(epoch: number, fraction: number, now = false): Promise<boolean> {
    if (!now && performance.now() - this.last < BREATH) return true;
    if (performance.now() - this.reported > TELL) {
      this.control.progress?.(epoch, fraction);
      this.reported = performance.now();
    }
    if (this.control.shares?.()) await this.share();
    else await setImmediate();
    const pause = this.control.pause?.();
    if (pause) {
      this.worked += performance.now() - this.since;
      await pause;
      this.since = performance.now();
    }
    this.last = performance.now();
    return !this.control.stopped?.();
  }

  /** Stands still as long as it has worked since the last breath: half of the time is the others'. */
  private async share(): Promise<void> {
    const worked = performance.now() - this.last;
    this.worked += performance.now() - this.since;
    await setTimeout(Math.min(worked, SHARE));
    this.since = performance.now();
  }
}
