/** What the lab asks of the machine that it runs on. */
import { availableParallelism } from 'node:os';

/** Cores of this machine: the threads a new experiment begins with at most. */
export function cores(): number {
  return availableParallelism();
}
