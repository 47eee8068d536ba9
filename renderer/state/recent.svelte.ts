import { array, is, object, string } from 'valibot';
import type { InferOutput } from 'valibot';
import { ConfigSchema } from '../../core/contract/config/schema.ts';
import type { DataConfig } from '../../core/contract/config/schema.ts';
import { request } from './bridge.ts';
import { recall, remember } from './memory.ts';

const MOST = 8;
const RecentSchema = array(
  object({ source: string(), reading: ConfigSchema.entries.data.entries.reading.wrapped }),
);

/** A data set that was opened once, and how it was read. */
export type RecentSource = InferOutput<typeof RecentSchema>[number];

const isRecent = (value: unknown): value is RecentSource[] => is(RecentSchema, value);

/** The files and folders opened last, the newest first. */
class Recent {
  list = $state.raw<RecentSource[]>(recall('recent', [], isRecent).slice(0, MOST));

  /** Puts a source first. */
  add({ source, reading }: Pick<DataConfig, 'source' | 'reading'>): void {
    this.keep([{ source, reading }, ...this.list.filter((one) => one.source !== source)]);
  }

  /** Forgets a source that has moved or is not wanted any more; it is not read again unasked. */
  remove(source: string): void {
    request('host.forget', { path: source }).catch(() => undefined);
    this.keep(this.list.filter((one) => one.source !== source));
  }

  private keep(list: RecentSource[]): void {
    this.list = list.slice(0, MOST);
    remember('recent', this.list);
  }
}

export const recent = new Recent();
