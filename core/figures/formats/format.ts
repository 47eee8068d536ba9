/** What a figure's file is. */
import type { FigureView } from '../../contract/messages/figures.ts';
import type { Language } from '../../contract/words/texts.ts';

/** How a figure looks in a file. */
export interface Look {
  language: Language;
  dark: boolean;
}

/** A format that a figure is written in: one file with one of these, and a line in `index.ts`. */
export interface FigureFormat {
  id: string;
  /** How the names of its files end. */
  extension: string;
  /** What is in the file. */
  bytes: (view: FigureView, look: Look) => string | Uint8Array | Promise<Uint8Array>;
}
