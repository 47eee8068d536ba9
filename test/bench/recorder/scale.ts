/** How long a record of ImageNet's size takes to open, and how much memory. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomOf } from '../../../core/random.ts';
import { openRecord } from '../../../core/runs/open-record.ts';
import { recordPaths } from '../../../core/recorded/files.ts';
import { writeNpz } from '../../../core/run-folder/npz.ts';
import { runView } from '../../../core/run-folder/views.ts';
import { executeRun } from '../../../core/runs/execute.ts';
import { printNote } from '../../../core/terminal/output.ts';

/** What was measured. */
export interface ScaleOutcome {
  samples: number;
  epochs: number;
  classes: number;
  /** Seconds until the first epoch is there to be shown, until all are taken in, and to open it again. */
  firstView: number;
  whole: number;
  again: number;
  /** The most memory that the process took, in MiB. */
  memory: number;
}

/** Of the samples, one in so many is of the hold-out besides. */
const HELD = 50;

/** Makes a record, and opens it as a run. */
export async function benchRecordScale(
  samples: number,
  epochs: number,
  classes: number,
): Promise<ScaleOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-record-scale-'));
  try {
    const record = join(folder, 'record');
    printNote('Making the record');
    writeRecord(record, samples, epochs, classes);
    const began = performance.now();
    const since = () => (performance.now() - began) / 1000;
    let firstView = 0;
    const open = openRecord(record, join(folder, 'runs'));
    const { problem } = await executeRun(open, { epoch: () => (firstView ||= since()) });
    if (problem) throw new Error(problem.code);
    const whole = since();
    runView(open.run);
    const again = since() - whole;
    const memory = Math.round(process.resourceUsage().maxRSS / 1024);
    return { samples, epochs, classes, firstView, whole, again, memory };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A network that comes to know the given labels, a little more each epoch. */
function writeRecord(record: string, samples: number, epochs: number, classes: number): void {
  const held = Math.floor(samples / HELD);
  const random = randomOf(1, 'bench records');
  const labels = (count: number) =>
    Uint16Array.from({ length: count }, () => random.below(classes));
  const [given, heldGiven] = [labels(samples), labels(held)];
  mkdirSync(join(record, 'dynamics'), { recursive: true });
  const head = {
    ...{ format: 'label-noise-lab-record', version: 1, token: 'scale-of-a-record', name: 'Scale' },
    ...{ framework: 'None', during: false, epochs, workers: 1 },
    classes: Array.from({ length: classes }, (_, i) => `class ${i}`),
    ...{ created: '2026-11-29T00:00:00.000Z', ended: '2026-11-29T01:00:00.000Z' },
  };
  writeFileSync(recordPaths.head(record), JSON.stringify(head));
  writeFileSync(
    recordPaths.samples(record, 0),
    writeNpz({
      train_id: Uint32Array.from(given.keys()),
      train_given: given,
      holdout_id: Uint32Array.from(heldGiven.keys()),
      holdout_given: heldGiven,
    }),
  );
  const rows: string[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const known = epoch / epochs;
    const part = (own: Uint16Array) => {
      const predicted = own.map((label, i) =>
        ((i * 2654435761) >>> 0) / 2 ** 32 < known ? label : (label + epoch + i) % classes,
      );
      return {
        predicted,
        loss: Float32Array.from(own, (label, i) => (predicted[i] === label ? 0.1 : 3)),
      };
    };
    const [train, holdout] = [part(given), part(heldGiven)];
    const arrays = { ...train, holdout_predicted: holdout.predicted, holdout_loss: holdout.loss };
    writeFileSync(recordPaths.dynamics(record, epoch, 0), writeNpz(arrays));
    rows.push(`${JSON.stringify({ epoch, seconds: 100 })}\n`);
  }
  writeFileSync(recordPaths.metrics(record), rows.join(''));
}
