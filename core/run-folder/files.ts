/** Where a run keeps what. */
import { join } from 'node:path';

const numbered = (epoch: number): string => `epoch-${String(epoch).padStart(4, '0')}`;

/** The folder of the class probabilities of the samples. */
export const probabilitiesIn = (run: string): string => join(run, 'probabilities');

/** The paths of a run folder. */
export const paths = {
  config: (run: string) => join(run, 'config.json'),
  metrics: (run: string) => join(run, 'metrics.jsonl'),
  sums: (run: string) => join(run, 'sums.jsonl'),
  views: (run: string) => join(run, 'views.bin'),
  verdict: (run: string) => join(run, 'verdict.json'),
  summary: (run: string) => join(run, 'summary.json'),
  labels: (run: string) => join(run, 'labels.npz'),
  dynamics: (run: string, epoch: number) => join(run, 'dynamics', `${numbered(epoch)}.npz`),
  checkpoint: (run: string, epoch: number) =>
    join(run, 'checkpoints', `${numbered(epoch)}.safetensors`),
  probabilities: (run: string, epoch: number) =>
    join(probabilitiesIn(run), `${numbered(epoch)}.npz`),
  unfinished: (run: string) => join(run, 'unfinished'),
  kept: (run: string, epoch: number) => join(run, 'kept', `${numbered(epoch)}.safetensors`),
};

/** The folders in it that epochs are written to. */
export const epochFolders = (run: string): string[] => [
  join(run, 'dynamics'),
  join(run, 'checkpoints'),
  probabilitiesIn(run),
];

/** The epoch in the name of a dynamics file or checkpoint; null where it is something else. */
export function epochOf(file: string): number | null {
  const found = /^epoch-(\d{4,})\.(npz|safetensors)$/.exec(file);
  return found ? Number(found[1]) : null;
}
