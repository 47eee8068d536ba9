/** A log or an archive of a run that the system hands to the app, as "Open with" does. */

/** What a file that is handed over is. */
export type HandedKind = 'log' | 'archive';

/** Where it waits for the page to ask what to open. */
export interface Handed {
  /** Has the page open it. */
  give(file: string): void;
  /** The file, once; null where none of this kind waits. */
  take(kind: HandedKind): string | null;
}

/** What a file is by its name; whether it is so the core sees. */
export const kindOfFile = (file: string): HandedKind =>
  file.toLowerCase().endsWith('.lnl') ? 'archive' : 'log';

/** @param ask has the page ask for a log or an archive, which the file answers in place of a dialog */
export function createHanded(ask: (kind: HandedKind) => void): Handed {
  let waiting: string | null = null;
  return {
    give(file) {
      waiting = file;
      ask(kindOfFile(file));
    },
    take(kind) {
      if (waiting === null || kindOfFile(waiting) !== kind) return null;
      const file = waiting;
      waiting = null;
      return file;
    },
  };
}
