/** How a caller follows and ends reading. */
import type { Phrase } from '../contract/words/phrase.ts';
export interface LoadControl {
  /** Called a few times a second. `share` is 0 to 1, or null where the whole is not known yet. */
  progress?: (share: number | null, doing: Phrase) => void;
  /** Reading throws its reason soon after it is aborted. */
  signal?: AbortSignal;
  /** Told the names of the columns or arrays that the data set has, also where reading fails after that. */
  fields?: (names: readonly string[]) => void;
}

/** Milliseconds between two reports. */
const PACE = 250;

/** The same control, whose `progress` may be called at any pace. */
export function paced(control: LoadControl): LoadControl {
  const { progress } = control;
  if (!progress) return control;
  let last = 0;
  return {
    ...control,
    progress: (share, doing) => {
      const now = performance.now();
      if (now - last < PACE) return;
      last = now;
      progress(share, doing);
    },
  };
}
