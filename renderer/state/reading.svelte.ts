import type { LabEvent } from '../../core/contract/messages/events.ts';
import type { Phrase } from '../../core/contract/words/phrase.ts';
import type { ReadingConfig } from '../../core/contract/config/schema.ts';
import { request } from './bridge.ts';

/** A file or folder that could not be opened, and why. */
export interface Failure {
  source: string;
  reading: Partial<ReadingConfig>;
  problem: Phrase;
}

/** How far reading data is, and what was last asked to be opened. */
class Reading {
  /** What is being opened, before the form takes it over. */
  opening = $state<string | null>(null);
  failure = $state.raw<Failure | null>(null);
  progress = $state.raw<{ share: number | null; doing: Phrase } | null>(null);

  hear(event: LabEvent): void {
    if (event.event === 'data.progress') this.progress = event;
  }

  /** A new source is asked for: what was told of another one does not concern it. */
  begin(source: string): void {
    Object.assign(this, { opening: source, failure: null, progress: null });
  }

  /** Reading ended, well or not. */
  end(failure: Failure | null): void {
    Object.assign(this, { opening: null, failure, progress: null });
  }

  /** Gives up whatever is read at the moment; whoever asked hears so. */
  cancel(): void {
    request('data.cancel', {}).catch(() => undefined);
  }
}

export const reading = new Reading();
