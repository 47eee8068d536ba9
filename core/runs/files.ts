/** Where a run keeps what, and how its files are written. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

const numbered = (epoch: number): string => `epoch-${String(epoch).padStart(4, '0')}`;

/** The paths of a run folder. */
export const paths = {
  config: (run: string) => join(run, 'config.json'),
  metrics: (run: string) => join(run, 'metrics.jsonl'),
  summary: (run: string) => join(run, 'summary.json'),
  labels: (run: string) => join(run, 'labels.npz'),
  lock: (run: string) => join(run, 'running.json'),
  dynamics: (run: string, epoch: number) => join(run, 'dynamics', `${numbered(epoch)}.npz`),
  checkpoint: (run: string, epoch: number) =>
    join(run, 'checkpoints', `${numbered(epoch)}.safetensors`),
  kept: (run: string, epoch: number) => join(run, 'kept', `${numbered(epoch)}.safetensors`),
};

/** The epoch in the name of a dynamics file or checkpoint; null where it is something else. */
export function epochOf(file: string): number | null {
  const found = /^epoch-(\d{4,})\.(npz|safetensors)$/.exec(file);
  return found ? Number(found[1]) : null;
}

/** Writes beside and renames, so that a kill leaves the old file or the new one. */
export function writeWhole(path: string, content: string | Uint8Array, durable = true): void {
  mkdirSync(dirname(path), { recursive: true });
  const bytes = typeof content === 'string' ? content : Buffer.from(content);
  writeFileAtomic.sync(path, bytes, { fsync: durable });
}

/** Writes JSON that a person can read. */
export function writeJson(path: string, value: unknown): void {
  writeWhole(path, `${JSON.stringify(value, null, 2)}\n`);
}
