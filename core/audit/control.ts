/** How the caller of an audit follows it. */

/** How a caller follows an audit, and ends it. */
export interface AuditControl {
  /** The share that is done, 0 to 1. */
  progress?: (share: number) => void;
  signal?: AbortSignal;
}
