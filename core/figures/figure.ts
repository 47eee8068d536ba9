/** What a figure of the paper is: fields to change it by, and how it is made and read. */
import type { FigureInfo, FigureSettings, FigureView } from '../contract/messages/figures.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import type { Launch } from '../sweep/launch.ts';
import type { PlannedRun } from '../sweep/plan.ts';

/** What a figure shows, as far as it has been made. */
export type Drawn = Pick<FigureView, 'state' | 'panels' | 'facts' | 'tables' | 'findings'>;

/** How the making of a figure is followed and stopped. */
export interface Making {
  /** Where what it is made from is kept. */
  folder: string;
  /** Ends it in order; what is there stays. */
  signal: AbortSignal;
  /** Starts the processes that its runs are trained in. */
  launch: Launch;
  /** Called now and then. @param share of all work, 0 to 1 */
  progress(share: number, doing: Phrase): void;
  /** Called when there is more to see. */
  more(drawn: Drawn): void;
}

/** One figure. Settings have been checked against its fields. */
export interface Figure {
  info: FigureInfo;
  /** What there is: computed where the figure is instant, else read from its folder. @throws InputError */
  open(settings: FigureSettings, folder: string): Drawn | Promise<Drawn>;
  /** Makes it, or goes on where it was stopped; absent where it is instant. @throws InputError */
  make?(settings: FigureSettings, making: Making): Promise<void>;
  /** The runs that it is made of, with the names of their folders; absent where it is made of none. */
  runs?(settings: FigureSettings): { plan: PlannedRun[]; names: string[] };
  /** Seconds that making it would still take here, found by trying for a moment; null where not known. */
  estimate?(settings: FigureSettings, folder: string, launch: Launch): Promise<number | null>;
}

/** A figure of which nothing has been made. */
export const NOTHING: Drawn = { state: 'empty', panels: [], facts: [], findings: [] };
