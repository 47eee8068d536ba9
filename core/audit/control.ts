/** How the caller of an audit follows it. */

/** How a caller follows an audit, and ends it. */
export interface AuditControl {
  /** The share that is done, 0 to 1. */
  progress?: (share: number) => void;
  signal?: AbortSignal;
}

/** The control of a part of the work, which lies between two shares of all of it. */
export function within(
  { progress, ...rest }: AuditControl,
  from: number,
  to: number,
): AuditControl {
  return progress ? { ...rest, progress: (share) => progress(from + (to - from) * share) } : rest;
}
