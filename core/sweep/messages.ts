/** What a sweep and the process of one of its runs tell each other. */
import type { Phrase } from '../contract/words/phrase.ts';
import type { Config } from '../contract/config/schema.ts';
import type { Summary } from '../run-folder/summary.ts';

/** To the process: what to train, to go on with the run that is there, or to end in order. */
export type WorkerOrder =
  | { kind: 'train'; folder: string; config: Config }
  | { kind: 'resume'; folder: string }
  | { kind: 'stop' };

/** From the process: an epoch is on disk, or the run has ended, or could not begin. */
export type News =
  | { kind: 'epoch'; epoch: number }
  | { kind: 'end'; summary: Summary }
  | { kind: 'problem'; problem: Phrase };
