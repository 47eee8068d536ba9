/** How a caller follows and ends reading. */
export interface LoadControl {
  /** Called a few times a second. `share` is 0 to 1, or null where the whole is not known yet. */
  progress?: (share: number | null, doing: string) => void;
  /** Reading throws its reason soon after it is aborted. */
  signal?: AbortSignal;
}
