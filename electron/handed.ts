/** A log that the system hands to the app, as "Open with" does. */

/** Where it waits for the page to ask what to open. */
export interface Handed {
  /** Has the page open it. */
  give(file: string): void;
  /** The file, once; null where none waits. */
  take(): string | null;
}

/** @param ask has the page ask for a log, which the file answers in place of a dialog */
export function createHanded(ask: () => void): Handed {
  let waiting: string | null = null;
  return {
    give(file) {
      waiting = file;
      ask();
    },
    take() {
      const file = waiting;
      waiting = null;
      return file;
    },
  };
}
